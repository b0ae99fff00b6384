// Names on the map, as text over it: the weightiest first, none over another.
const FINE_FROM = 2.2; // zoom, from which the finer names are shown
const APART = 4; // pixels between two names

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

class Labels {
  constructor(layer) {
    this.layer = layer;
    this.items = [];
    this.source = "[]";
  }

  put(labels) {
    const source = JSON.stringify(labels ?? []);
    if (source === this.source) return;
    this.source = source;
    this.layer.replaceChildren();
    this.items = (labels ?? []).map((label) => {
      const made = element("button", `label level${label.level ? 1 : 0}`);
      made.type = "button";
      made.tabIndex = -1; // the list of topics beside the map is for the keyboard
      made.dir = "auto";
      made.dataset.id = label.id ?? "";
      made.append(element("span", "", label.text));
      this.layer.append(made);
      return { label, made, size: null };
    });
    const weight = ({ label }) => (label.level ? 0 : 1e12) + (label.weight ?? 0);
    this.items.sort((a, b) => weight(b) - weight(a));
  }

  measure() {
    for (const item of this.items) {
      if (!item.size?.[0]) item.size = [item.made.offsetWidth, item.made.offsetHeight];
    }
  }

  forget() {
    for (const item of this.items) item.size = null; // another font or another width
  }

  place(camera, taken) {
    this.measure();
    const boxes = [...taken];
    for (const { label, made, size } of this.items) {
      const [px, py] = camera.toScreen(label.x, label.y);
      const [wide, high] = size;
      const inside = px > 0 && py > 0 && px < camera.width && py < camera.height;
      let shown = inside && wide > 0 && (!label.level || camera.zoom >= FINE_FROM);
      if (shown) {
        const left = clamp(px - wide / 2, 2, Math.max(camera.width - wide - 2, 2));
        const top = clamp(py - high / 2, 2, Math.max(camera.height - high - 2, 2));
        const box = [left - APART, top - 1, left + wide + APART, top + high + 1];
        shown = !boxes.some((one) => crosses(one, box));
        if (shown) {
          boxes.push(box);
          made.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
        }
      }
      made.classList.toggle("shown", shown);
    }
    return boxes;
  }
}

function crosses(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// The title of the chosen article stands beside it, on the side where it covers least.
function placeTitle(map, taken) {
  const { chosen, near } = map.state;
  const { title, camera, scene } = map;
  const at = (row) => camera.toScreen(scene.places[2 * row], scene.places[2 * row + 1]);
  const [px, py] = chosen >= 0 ? at(chosen) : [-1, -1];
  title.hidden = px < 0 || py < 0 || px > camera.width || py > camera.height;
  if (title.hidden) return;
  const text = scene.title(chosen).trim() || worded(map.words, "untitled");
  if (title.textContent !== text) title.textContent = text;
  const [wide, high] = [title.offsetWidth, title.offsetHeight];
  const gap = map.radius(chosen) + 9;
  const marks = near.map(at);
  let best = null;
  for (const [x, y] of [
    [px + gap, py - high / 2],
    [px - gap - wide, py - high / 2],
    [px - wide / 2, py - gap - high],
    [px - wide / 2, py + gap],
  ]) {
    const left = clamp(x, 2, Math.max(camera.width - wide - 2, 2));
    const top = clamp(y, 2, Math.max(camera.height - high - 2, 2));
    const box = [left, top, left + wide, top + high];
    const inBox = ([a, b]) => a > box[0] - 8 && a < box[2] + 8 && b > box[1] - 8 && b < box[3] + 8;
    const covers = marks.filter(inBox).length + (taken.some((one) => crosses(one, box)) ? 9 : 0);
    const cost = covers + (Math.abs(left - x) + Math.abs(top - y)) / 20;
    if (!best || cost < best.cost) best = { cost, box };
  }
  const [left, top] = best.box;
  title.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
  taken.push(best.box);
}
