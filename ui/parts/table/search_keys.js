// In a search field of Streamlit's: Enter opens the first that is found for the words that stand
// there, and the arrow down goes to what is found.
const sends = new WeakMap();

function listen(host, name) {
  const pressed = (event) => {
    const field = event.target.closest?.(`.st-key-${name} input`);
    if (!field || event.isComposing) return;
    if (event.key === "Enter") {
      const words = field.value;
      // The field tells of its words by this key, too: then they are known before this arrives.
      setTimeout(() => {
        window.kindredChose = Date.now(); // see focus.js
        sends.get(host)("first", words);
      });
    } else if (event.key === "ArrowDown") {
      const tables = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")];
      const row = tables
        .filter((one) => field.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
        .map((one) => one.shadowRoot?.querySelector("table tr[tabindex='0']"))
        .find((one) => one);
      if (!row) return;
      event.preventDefault();
      row.focus();
    }
  };
  document.addEventListener("keydown", pressed, true);
  return () => document.removeEventListener("keydown", pressed, true);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const { host } = parentElement;
  const element = host.closest("[data-testid=stElementContainer]");
  if (element) element.style.position = "absolute"; // it takes no room
  sends.set(host, setTriggerValue);
  host.kindredStop ??= listen(host, data.name);
  return () => {
    host.kindredStop?.();
    delete host.kindredStop;
  };
}
