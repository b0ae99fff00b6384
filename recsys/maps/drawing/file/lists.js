// What stands beside the map. All of it is set as text.
const SHOWN = 200; // rows of a list that are shown; a download holds all

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// Rows whose title has all the words, the most read first.
class Finder {
  constructor(scene) {
    this.scene = scene;
    this.titles = null;
  }

  find(text) {
    const words = folded(text).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    const { n, readers, title } = this.scene;
    this.titles ??= Array.from({ length: n }, (_, row) => folded(title(row)));
    const found = [];
    for (let row = 0; row < n; row++) {
      if (words.every((word) => this.titles[row].includes(word))) found.push(row);
    }
    return found.sort((a, b) => readers[b] - readers[a]);
  }
}

function readersOf(scene, words, row) {
  const count = scene.readers[row];
  return count === 1 ? words.reader : worded(words, "readers", { count: counted(count) });
}

function titleOf(scene, words, row) {
  return scene.title(row).trim() || words.untitled;
}

// A list of articles as buttons; the number before each is its rank where `ranked`.
function listed(page, rows, ranked) {
  const { scene, words } = page;
  const list = element(ranked ? "ol" : "ul");
  rows.slice(0, SHOWN).forEach((row, place) => {
    const item = element("li");
    if (ranked) item.append(element("span", "rank", place + 1));
    const button = element("button", "row");
    button.type = "button";
    const name = element("span", "", titleOf(scene, words, row));
    name.dir = "auto";
    button.append(name);
    button.addEventListener("click", () => page.choose(row, true));
    const much = element("span", "much", counted(scene.readers[row]));
    much.title = readersOf(scene, words, row);
    item.append(button, much);
    list.append(item);
  });
  return list;
}

function headed(page, title, note) {
  const heading = element("h2", "", title);
  heading.dir = "auto";
  const parts = [heading];
  if (note) parts.push(element("p", "note", note));
  return parts;
}

function cutNote(page, rows) {
  if (rows.length <= SHOWN) return [];
  return [element("p", "note", worded(page.says, "cut", { shown: SHOWN, all: counted(rows.length) }))];
}

function back(page) {
  const button = element("button", "plainly", page.says.back);
  button.type = "button";
  button.addEventListener("click", () => page.home());
  return button;
}

function articlePanel(page, row) {
  const { scene, words, says } = page;
  const near = page.nearTo(row);
  const parts = [back(page), ...headed(page, titleOf(scene, words, row), readersOf(scene, words, row))];
  const address = page.addresses[row] ?? "";
  if (/^https?:\/\//i.test(address)) {
    const link = element("a", "", says.open);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    const line = element("p", "note");
    line.append(link);
    parts.push(line);
  }
  if (page.count) {
    parts.push(element("p", "note", near.length ? says.near : says.none_near));
    parts.push(listed(page, near, true));
  }
  return parts;
}

function rowsPanel(page, title, rows, note) {
  const actions = element("div", "actions");
  const status = element("span", "note");
  status.setAttribute("role", "status");
  for (const [name, act] of [["copy", copyRows], ["download", saveRows]]) {
    const button = element("button", "", page.says[name]);
    button.type = "button";
    button.addEventListener("click", async () => (status.textContent = await act(page, rows)));
    actions.append(button);
  }
  actions.append(status);
  const parts = [back(page), ...headed(page, title, note)];
  return rows.length ? [...parts, actions, listed(page, rows, false), ...cutNote(page, rows)] : parts;
}

function homePanel(page) {
  const { says, content } = page;
  const parts = headed(page, says.begin, says.how);
  const topics = content.labels.filter(({ id, level }) => page.members.has(String(id)) && !level);
  if (!topics.length) return [...parts, element("p", "note", says.most_read), listed(page, page.top, false)];
  const list = element("ul");
  const size = ({ id }) => page.members.get(String(id)).length;
  for (const topic of topics.sort((a, b) => size(b) - size(a))) {
    const item = element("li");
    const button = element("button", "row");
    button.type = "button";
    const name = element("span", "", topic.text);
    name.dir = "auto";
    button.append(name);
    button.addEventListener("click", () => page.topic(String(topic.id), true));
    item.append(button, element("span", "much", counted(size(topic))));
    list.append(item);
  }
  return [...parts, element("p", "note", says.topics), list];
}
