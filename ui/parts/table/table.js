// A table whose rows are chosen: what Python sends is drawn as text alone. Rows and cells stay the
// same elements from one run of the page to the next, so that neither focus nor a click is lost.
const PAGE = 10; // rows that Page Up and Page Down move by
const LEAST_TITLE = 190; // pixels

function made(tag, className) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function attribute(element, name, value) {
  if (!value) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function children(parent, count, make) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(make());
}

function written(value, column) {
  if (value === null || value === "") return "–";
  if (column.kind === "check") return value ? "Yes" : "No";
  if (typeof value !== "number") return String(value);
  const digits =
    column.digits === null
      ? { maximumSignificantDigits: 6 }
      : { minimumFractionDigits: column.digits, maximumFractionDigits: column.digits };
  return value.toLocaleString("en-US", digits).replace(/^-/, "−") + column.suffix;
}

function drawHead(table, data) {
  const { columns } = data;
  put(table.caption ?? table.createCaption(), data.alt);
  const widths = table.querySelector("colgroup") ?? table.appendChild(made("colgroup"));
  children(widths, columns.length, () => made("col"));
  const head = table.tHead ?? table.createTHead();
  const row = head.rows[0] ?? head.insertRow();
  children(row, columns.length, () => {
    const cell = made("th");
    cell.scope = "col";
    cell.append(made("span"));
    return cell;
  });
  let least = 0;
  columns.forEach((column, place) => {
    widths.children[place].style.width = column.width ? `${column.width}px` : "";
    least += column.width || LEAST_TITLE;
    const cell = row.children[place];
    cell.className = column.kind === "number" || column.kind === "bar" ? "number" : "";
    attribute(cell, "title", column.help);
    attribute(cell, "aria-description", column.help);
    put(cell.firstElementChild, column.label);
  });
  table.style.minWidth = `${least}px`;
}

function drawBar(cell, value, column) {
  if (!cell.querySelector(".bar")) {
    const bar = made("span", "bar");
    const track = made("i");
    track.append(made("i"));
    bar.append(track, made("span"));
    cell.replaceChildren(bar);
  }
  const share = value === null ? 0 : (value - column.low) / (column.high - column.low || 1);
  cell.querySelector("i > i").style.width = `${Math.min(Math.max(share, 0), 1) * 100}%`;
  put(cell.querySelector(".bar > span"), written(value, column));
}

function drawCut(cell, value, column) {
  const cut = cell.querySelector(".cut") ?? cell.appendChild(made("span", "cut"));
  put(cut, written(value, column));
}

function drawPick(cell, picked, title) {
  const button = cell.querySelector("button") ?? cell.appendChild(made("button"));
  button.type = "button";
  attribute(button, "aria-pressed", picked ? "true" : "false");
  attribute(button, "aria-label", `Pick: ${title}`);
  put(button, picked ? "Picked" : "Pick");
}

function drawRow(row, id, values, data) {
  const { columns } = data;
  const signature = columns.map((column) => column.kind).join();
  if (row.dataset.kinds !== signature) {
    // Cells of another kind take the place of the old ones; equal ones stay.
    const before = (row.dataset.kinds ?? "").split(",");
    columns.forEach((column, place) => {
      if (before[place] === column.kind) return;
      const cell = made(column.kind === "title" ? "th" : "td");
      if (column.kind === "title") cell.scope = "row";
      if (column.kind === "number" || column.kind === "bar") cell.className = "number";
      const old = row.children[place];
      if (old) old.replaceWith(cell);
      else row.append(cell);
    });
    while (row.children.length > columns.length) row.lastElementChild.remove();
    row.dataset.kinds = signature;
  }
  const title = values[columns.findIndex((column) => column.kind === "title")] ?? id;
  columns.forEach((column, place) => {
    const cell = row.children[place];
    if (column.kind === "bar") drawBar(cell, values[place], column);
    else if (column.kind === "title" || column.kind === "text") drawCut(cell, values[place], column);
    else if (column.kind === "pick") drawPick(cell, data.picked.includes(id), title);
    else put(cell, written(values[place], column));
  });
  const faint = data.faint.includes(id);
  row.classList.toggle("faint", faint);
  attribute(row, "aria-selected", id === data.chosen ? "true" : "false");
  const titled = row.querySelector("th");
  const reason = titled?.querySelector(".reason");
  if (faint && data.faint_help && titled) {
    put(reason ?? titled.appendChild(made("span", "reason")), data.faint_help);
  } else reason?.remove();
}

function drawBody(table, data) {
  const body = table.tBodies[0] ?? table.createTBody();
  const before = new Map([...body.rows].map((row) => [row.dataset.id, row]));
  data.rows.forEach(([id, values], place) => {
    const row = before.get(id) ?? made("tr");
    before.delete(id);
    row.dataset.id = id;
    drawRow(row, id, values, data);
    if (body.rows[place] !== row) body.insertBefore(row, body.rows[place] ?? null);
  });
  for (const row of before.values()) row.remove();
  return body;
}

// One row, and the button in it, can be reached by Tab: the one that was last looked at.
function rove(body, current) {
  for (const row of body.rows) {
    row.tabIndex = row === current ? 0 : -1;
    const button = row.querySelector("button");
    if (button) button.tabIndex = row.tabIndex;
  }
}

function follow(event) {
  rove(event.currentTarget, event.target.closest("tr"));
}

function target(body, row, key) {
  const places = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE, PageDown: PAGE };
  const last = body.rows.length - 1;
  if (key === "Home") return body.rows[0];
  if (key === "End") return body.rows[last];
  if (!(key in places)) return null;
  return body.rows[Math.min(Math.max(row.sectionRowIndex + places[key], 0), last)];
}

function listen(body, send) {
  body.onclick = (event) => {
    const row = event.target.closest("tr");
    const button = event.target.closest("button");
    if (!row) return;
    if (button) send("picked", row.dataset.id);
    else if (getSelection().isCollapsed) send("chosen", row.dataset.id);
  };
  body.addEventListener("focusin", follow); // the same one is added only once
  body.onkeydown = (event) => {
    const row = event.target.closest("tr");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const button = row.querySelector("button");
    const onButton = event.target === button;
    const to = target(body, row, event.key);
    if (to) (onButton ? to.querySelector("button") : to).focus();
    else if (event.key === "ArrowRight" && button) button.focus();
    else if (event.key === "ArrowLeft" && button) row.focus();
    else if ((event.key === "Enter" || event.key === " ") && !onButton) {
      window.kindredChose = Date.now(); // see focus.js
      send("chosen", row.dataset.id);
    } else return;
    event.preventDefault();
  };
  // What is cut is whole where the pointer rests.
  body.onpointerover = (event) => {
    const cut = event.target.closest(".cut");
    if (cut) attribute(cut, "title", cut.scrollHeight > cut.clientHeight + 1 && cut.textContent);
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".frame");
  const table = frame.querySelector("table");
  frame.style.maxHeight = data.height ? `${data.height}px` : "";
  drawHead(table, data);
  const body = drawBody(table, data);
  if (![...body.rows].some((row) => row.tabIndex === 0)) {
    rove(body, [...body.rows].find((row) => row.dataset.id === data.chosen) ?? body.rows[0]);
  } else rove(body, body.querySelector("tr[tabindex='0']"));
  listen(body, setTriggerValue);
}
