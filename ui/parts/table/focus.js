// After a choice by keyboard (table.js, search_keys.js note it on the window) the heading that
// stands before this gets the focus, once, where another view is shown.
const LONG_AGO = 30_000; // ms: what is chosen there has long been shown

function forget() {
  delete window.kindredChose;
}

export default function ({ data, parentElement }) {
  const { host } = parentElement;
  const element = host.closest("[data-testid=stElementContainer]");
  if (element) element.style.position = "absolute"; // it takes no room
  document.addEventListener("pointerdown", forget, true); // the same one is added only once
  if (host.kindredView === data.view) return;
  host.kindredView = data.view;
  if (!(Date.now() - window.kindredChose < LONG_AGO)) return;
  const headings = [...document.querySelectorAll("[data-testid=stMain] :is(h1, h2, h3)")];
  const before = headings.filter(
    (one) => one.compareDocumentPosition(host) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const heading = before.at(-1);
  if (!heading) return;
  forget();
  heading.tabIndex = -1;
  heading.focus();
}
