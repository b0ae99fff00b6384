// The colours of the points, and which of them stand back.
function unpacked(text) {
  const signs = atob(text);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
  return bytes;
}

function rgb(colour) {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour.trim());
  if (hex) return [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16));
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  probe.fillStyle = colour; // any other way to write a colour
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

// Without a colouring the points are between text and page: the accent is for what is chosen.
function quiet(theme) {
  const [text, back] = [rgb(theme.text), rgb(theme.back)];
  const mixed = text.map((value, at) => Math.round(0.45 * value + 0.55 * back[at]));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function readTheme(root) {
  const style = getComputedStyle(root);
  const theme = { font: style.fontFamily };
  for (const name of ["text", "back", "accent", "found", "path", "next"]) {
    theme[name] = style.getPropertyValue(`--map-${name}`).trim() || "#888888";
  }
  return theme;
}

// `index` says for each row which of the colours it has; without one all are alike.
class Colouring {
  constructor() {
    this.source = null;
    this.index = null;
    this.colours = ["#1f5f8b"];
    this.solo = new Set(); // entries of the legend that alone stand out
  }

  // Whether the points have to be given other colours.
  put(colour, n, theme, dark) {
    const before = this.index;
    if ((colour?.index ?? null) !== this.source) {
      this.source = colour?.index ?? null;
      const index = colour ? unpacked(colour.index) : null;
      this.index = index && index.length === n ? index : null;
      this.solo.clear();
    }
    const shades = this.index ? (dark ? colour.dark : colour.light) : [];
    this.colours = shades.length ? shades : [quiet(theme)];
    this.palette = new Uint8Array(256 * 4);
    for (let entry = 0; entry < 256; entry++) {
      const shade = entry < this.colours.length ? rgb(this.colours[entry]) : rgb(theme.text);
      this.palette.set([...shade, 255], entry * 4);
    }
    return before !== this.index;
  }

  of(row) {
    return this.index ? this.index[row] : 0;
  }
}

// Which points stand back: those that the state names, those outside of the lasso, and those whose
// entry in the legend is not among the chosen ones. Null where none does.
function standingBack(n, faint, outside, colouring) {
  const { solo } = colouring;
  if (!faint && !outside && !solo.size) return null;
  const back = new Uint8Array(n);
  for (let row = 0; row < n; row++) {
    if (faint && faint[row]) back[row] = 1;
    else if (outside && outside[row]) back[row] = 1;
    else if (solo.size && !solo.has(colouring.of(row))) back[row] = 1;
  }
  return back;
}

function faintOf(text, n) {
  if (!text) return null;
  const bytes = unpacked(text);
  if (bytes.length === n) return bytes;
  if (bytes.length !== Math.ceil(n / 8)) return null;
  const faint = new Uint8Array(n); // numpy.packbits: the highest bit is the first
  for (let row = 0; row < n; row++) faint[row] = (bytes[row >> 3] >> (7 - (row & 7))) & 1;
  return faint;
}
