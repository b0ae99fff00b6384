// What the colours mean: entries that alone stand out when they are clicked, or a scale.
class Legend {
  constructor(box, words, changed) {
    this.box = box;
    this.words = words;
    this.changed = changed;
    this.source = "";
  }

  put(colour, colouring, dark) {
    const { entries, ticks, title, kind } = colour ?? {};
    const source = colour ? JSON.stringify([entries, ticks, title, kind, colouring.colours, dark]) : "";
    if (source !== this.source) {
      this.source = source;
      this.box.replaceChildren();
      this.box.hidden = !colour;
      if (!colour) return;
      this.box.setAttribute("role", "group");
      this.box.setAttribute("aria-label", worded(this.words, "legend", { title }));
      this.box.append(element("span", "means", title));
      if (kind === "scale") this.scale(ticks ?? [], colouring);
      else this.entries(entries ?? [], colouring);
    }
    for (const button of this.box.querySelectorAll("button")) {
      const on = colouring.solo.has(Number(button.dataset.index));
      button.setAttribute("aria-pressed", on ? "true" : "false");
      button.classList.toggle("back", colouring.solo.size > 0 && !on);
    }
  }

  entries(entries, colouring) {
    for (const { index, label, count } of entries) {
      const button = element("button", "entry");
      button.type = "button";
      button.dataset.index = index;
      const swatch = element("i");
      swatch.style.background = colouring.colours[index] ?? "transparent";
      const name = element("span", "", label);
      name.dir = "auto";
      button.append(swatch, name);
      if (count !== undefined && count !== null) button.append(element("em", "", counted(count)));
      button.addEventListener("click", () => {
        if (!colouring.solo.delete(index)) colouring.solo.add(index);
        this.changed();
      });
      this.box.append(button);
    }
  }

  scale(ticks, colouring) {
    const scale = element("span", "scale");
    const bar = element("i");
    const { colours } = colouring;
    const last = Math.max(...ticks.map(({ index }) => index), 1);
    const first = Math.min(...ticks.map(({ index }) => index), last);
    const shades = colours.slice(first, last + 1);
    const few = shades.filter((_, at) => at % Math.ceil(shades.length / 24) === 0);
    bar.style.background = `linear-gradient(to right, ${[...few, shades.at(-1)].join()})`;
    scale.append(bar);
    for (const { index, label } of ticks) {
      const tick = element("span", "tick", label);
      const share = (index - first) / (last - first || 1);
      tick.style.left = `${100 * share}%`;
      tick.style.translate = `${-100 * share}% 0`;
      scale.append(tick);
    }
    this.box.append(scale);
  }
}
