// Where one looks: a centre in the units of the data, and a zoom, of which 1 shows everything
// whatever the size of the picture.
const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 4000;
const EDGE = 26; // pixels around everything

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

class Camera {
  constructor() {
    this.width = this.height = 1;
    this.extent = { x0: -1, y0: -1, x1: 1, y1: 1 };
    this.x = this.y = 0;
    this.zoom = 1;
  }

  get scale() {
    const { x0, y0, x1, y1 } = this.extent;
    const wide = Math.max(this.width - 2 * EDGE, 40) / (x1 - x0);
    const high = Math.max(this.height - 2 * EDGE, 40) / (y1 - y0);
    return this.zoom * Math.min(wide, high); // pixels of one unit
  }

  get place() {
    return [this.x, this.y, this.zoom];
  }

  all() {
    const { x0, y0, x1, y1 } = this.extent;
    return [(x0 + x1) / 2, (y0 + y1) / 2, 1];
  }

  put([x, y, zoom]) {
    const { x0, y0, x1, y1 } = this.extent;
    this.x = clamp(x, x0, x1); // the middle stays over the points, so that nobody gets lost
    this.y = clamp(y, y0, y1);
    this.zoom = clamp(zoom, LEAST_ZOOM, MOST_ZOOM);
  }

  toScreen(x, y) {
    const { scale } = this;
    return [this.width / 2 + (x - this.x) * scale, this.height / 2 - (y - this.y) * scale];
  }

  toData(px, py) {
    const { scale } = this;
    return [this.x + (px - this.width / 2) / scale, this.y - (py - this.height / 2) / scale];
  }

  panned(dx, dy) {
    const { scale } = this;
    return [this.x - dx / scale, this.y + dy / scale, this.zoom];
  }

  // Nearer by a factor, while what is at a place of the screen stays there.
  zoomed(factor, px = this.width / 2, py = this.height / 2) {
    const zoom = clamp(this.zoom * factor, LEAST_ZOOM, MOST_ZOOM);
    const [x, y] = this.toData(px, py);
    const share = this.zoom / zoom;
    return [x + (this.x - x) * share, y + (this.y - y) * share, zoom];
  }

  // A place from which all of these are seen, with room around them.
  around(points) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of points) {
      [x0, x1] = [Math.min(x0, x), Math.max(x1, x)];
      [y0, y1] = [Math.min(y0, y), Math.max(y1, y)];
    }
    const one = this.scale / this.zoom;
    const wide = (this.width * 0.6) / ((x1 - x0) * one || 1e-9);
    const high = (this.height * 0.6) / ((y1 - y0) * one || 1e-9);
    const zoom = Math.min(wide, high, Math.max(this.zoom, 6));
    return [(x0 + x1) / 2, (y0 + y1) / 2, Math.max(zoom, 1)];
  }

  view(margin = 0) {
    const [x0, y1] = this.toData(-margin, -margin);
    const [x1, y0] = this.toData(this.width + margin, this.height + margin);
    return { x0, y0, x1, y1 };
  }
}

// Between two places: the zoom by its logarithm, the middle at an even speed on the screen.
function between(from, to, share) {
  const eased = 1 - (1 - share) ** 3;
  const zoom = from[2] * (to[2] / from[2]) ** eased;
  const ratio = to[2] / from[2];
  const along = Math.abs(ratio - 1) < 1e-3 ? eased : (1 - ratio ** -eased) / (1 - 1 / ratio);
  return [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along, zoom];
}
