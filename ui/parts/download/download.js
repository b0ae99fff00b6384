// A button that asks the page for a file and saves it. The file comes with the button's own data,
// so nothing can be gone when it is fetched; where a run of the page ends without it, it is asked
// for again, and where it never comes that is said.
const PATIENCE = 60_000; // ms
const TRIES = 8;
const PAUSE = 300; // ms before it is asked for again
const states = new WeakMap();

function save({ content, name, type }) {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}

function over(state, problem) {
  clearTimeout(state.timer);
  clearTimeout(state.pause);
  state.asked = null;
  state.button.removeAttribute("aria-busy");
  state.problem.textContent = problem;
}

function ask(state) {
  state.tries += 1;
  state.send("asked", state.asked);
}

function watch(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => over(state, state.late), state.until - Date.now());
}

function begin(state) {
  if (state.asked) return;
  state.asked = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  state.tries = 0;
  state.problem.textContent = "";
  state.button.setAttribute("aria-busy", "true");
  state.until = Date.now() + PATIENCE;
  ask(state);
  watch(state);
}

function heard(state, answer) {
  if (!state.asked) return;
  if (answer?.asked === state.asked) {
    if (answer.problem) over(state, answer.problem);
    else {
      save(answer);
      over(state, "");
    }
  } else if (state.tries < TRIES) {
    watch(state); // what was drawn before this has taken its timers along
    clearTimeout(state.pause);
    state.pause = setTimeout(() => state.asked && ask(state), PAUSE);
  } else over(state, state.late);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  const state = states.get(parentElement) ?? { asked: null, tries: 0 };
  states.set(parentElement, state);
  Object.assign(state, {
    button,
    late: data.late,
    problem: parentElement.querySelector("[role=alert]"),
    send: setTriggerValue,
  });
  parentElement.querySelector("button > span").textContent = data.label;
  button.title = data.help;
  button.onclick = () => begin(state);
  heard(state, data.answer);
  return () => {
    clearTimeout(state.timer);
    clearTimeout(state.pause);
  };
}
