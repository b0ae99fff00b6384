// The buttons on the map, what stands under the cursor, and the line below.
const ICONS = {
  zoom_in: "M12 5v14M5 12h14",
  zoom_out: "M5 12h14",
  show_all: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  lasso: "M7 18c-2-1-4-3-4-6 0-4 4-7 9-7s9 3 9 6-4 6-9 6c-2 0-4-1-5-2s0-3 1.5-3 2.5 2 1.5 4-3 3-4 4",
  box: "M4 4h4M12 4h4M20 4v4M20 12v4M4 8v4M4 16v4h4M12 20h4M20 20v-.01",
};

function iconOf(name) {
  const space = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(space, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  icon.append(path);
  return icon;
}

function worded(words, name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

function counted(number) {
  return number.toLocaleString("en-US");
}

function addTools(box, words, press) {
  const buttons = {};
  for (const name of Object.keys(ICONS)) {
    const button = element("button", "tool");
    button.type = "button";
    button.title = worded(words, name);
    button.setAttribute("aria-label", worded(words, name));
    if (name === "lasso" || name === "box") button.setAttribute("aria-pressed", "false");
    button.append(iconOf(name));
    button.addEventListener("click", () => press(name));
    box.append(button);
    buttons[name] = button;
  }
  return buttons;
}

class Tip {
  constructor(box, words) {
    this.box = box;
    this.words = words;
    this.title = element("b");
    this.title.dir = "auto";
    this.note = element("span");
    box.append(this.title, this.note);
    box.hidden = true;
  }

  show(map, row) {
    const { scene, camera } = map;
    const readers = scene.readers[row];
    this.title.textContent = scene.title(row).trim() || worded(this.words, "untitled");
    this.note.textContent =
      readers === 1
        ? worded(this.words, "reader")
        : worded(this.words, "readers", { count: counted(readers) });
    const extra = map.colourLabel(row);
    if (extra) this.note.textContent += ` · ${extra}`;
    this.box.hidden = false;
    const [px, py] = camera.toScreen(scene.places[2 * row], scene.places[2 * row + 1]);
    const [wide, high] = [this.box.offsetWidth, this.box.offsetHeight];
    const left = clamp(px + 14, 4, Math.max(camera.width - wide - 4, 4));
    const below = py + 16 + high < camera.height;
    const top = clamp(below ? py + 14 : py - high - 14, 4, Math.max(camera.height - high - 4, 4));
    this.box.style.transform = `translate(${left.toFixed(0)}px, ${top.toFixed(0)}px)`;
  }

  hide() {
    this.box.hidden = true;
  }
}

// The neighbours of the chosen article as stops of the Tab key, at their places on the map.
class Walk {
  constructor(box, words, choose) {
    this.box = box;
    this.words = words;
    this.choose = choose;
    this.rows = [];
  }

  put(map) {
    const { state, scene } = map;
    const rows = state.chosen >= 0 ? [state.chosen, ...(state.near ?? [])] : [];
    if (rows.join() !== this.rows.join()) {
      this.rows = rows;
      while (this.box.children.length > rows.length) this.box.lastElementChild.remove();
      while (this.box.children.length < rows.length) {
        const button = element("button", "stop");
        button.type = "button";
        this.box.append(button);
      }
      rows.forEach((row, place) => {
        const button = this.box.children[place];
        const title = scene.title(row).trim() || worded(this.words, "untitled");
        const name = place ? worded(this.words, "near", { rank: place, title }) : title;
        button.setAttribute("aria-label", name);
        button.onclick = () => this.choose(row);
        button.onfocus = () => map.reveal(row);
        button.onblur = () => map.hover(-1);
      });
    }
    rows.forEach((row, place) => {
      const { places } = scene;
      const [px, py] = map.camera.toScreen(places[2 * row], places[2 * row + 1]);
      const inside = px > 0 && py > 0 && px < map.camera.width && py < map.camera.height;
      const [x, y] = inside ? [px, py] : [map.camera.width / 2, map.camera.height / 2];
      this.box.children[place].style.transform = `translate(${x - 12}px, ${y - 12}px)`;
    });
  }
}
