// What is marked on the points: rings, lines and numbers, drawn over them on a canvas of its own.
const NUMBERS_APART = 15; // pixels between two numbers
const RINGS = 1500; // beyond so many a mark is a dot

class Marks {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
  }

  draw(map, ratio) {
    const { pen, canvas } = this;
    const { state, theme } = map;
    Object.assign(this, { map, theme, numbers: [] });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.lineJoin = pen.lineCap = "round";
    this.arrows(map.arrows);
    this.lasso(map.drawn ?? state.inside, Boolean(map.drawn));
    this.rings(state.marked ?? [], theme.text, 2);
    this.rings(state.found ?? [], theme.found, 3);
    this.path(state.path ?? []);
    this.diamonds(state.next ?? []);
    this.neighbours(state.chosen, state.near ?? []);
    this.here(state.here);
    if (map.hovered >= 0) this.rings([map.hovered], theme.text, 2.5);
  }

  at(row) {
    const { places } = this.map.scene;
    return this.map.camera.toScreen(places[2 * row], places[2 * row + 1]);
  }

  seen([px, py], margin = 20) {
    const { width, height } = this.map.camera;
    return px > -margin && py > -margin && px < width + margin && py < height + margin;
  }

  stroke(colour, width, halo = 0) {
    const { pen } = this;
    if (halo) {
      pen.strokeStyle = this.theme.back;
      pen.lineWidth = width + halo;
      pen.stroke();
    }
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }

  rings(rows, colour, gap) {
    const { pen } = this;
    const dots = rows.length > RINGS;
    pen.beginPath();
    for (const row of rows) {
      const at = this.at(row);
      if (!this.seen(at)) continue;
      const radius = dots ? 1.5 : this.map.radius(row) + gap;
      pen.moveTo(at[0] + radius, at[1]);
      pen.arc(at[0], at[1], radius, 0, 7);
    }
    if (dots) {
      pen.fillStyle = colour;
      pen.fill();
    } else this.stroke(colour, 1.75, 2);
  }

  neighbours(chosen, near) {
    if (!(chosen >= 0)) return;
    const { pen, theme } = this;
    const from = this.at(chosen);
    pen.beginPath();
    for (const row of near) {
      const to = this.at(row);
      const far = Math.hypot(to[0] - from[0], to[1] - from[1]);
      const gap = this.map.radius(row) + 3; // a line ends at the ring
      if (far <= gap) continue;
      const share = 1 - gap / far;
      pen.moveTo(...from);
      pen.lineTo(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share);
    }
    pen.globalAlpha = 0.75;
    this.stroke(theme.accent, 1.2);
    pen.globalAlpha = 1;
    this.rings(near, theme.accent, 3);
    const radius = this.map.radius(chosen) + 2;
    pen.beginPath();
    pen.arc(...from, radius, 0, 7);
    pen.fillStyle = theme.accent;
    pen.fill();
    this.stroke(theme.back, 1.5);
    pen.beginPath();
    pen.arc(...from, radius + 4, 0, 7);
    this.stroke(theme.accent, 2, 2);
    near.forEach((row, place) => this.number(row, place + 1, theme.accent));
  }

  number(row, number, colour) {
    const { pen } = this;
    const [px, py] = this.at(row);
    const x = px + this.map.radius(row) + 6;
    const y = py - this.map.radius(row) - 3;
    if (!this.seen([x, y], 0)) return;
    if (this.numbers.some(([a, b]) => Math.hypot(a - x, b - y) < NUMBERS_APART)) return;
    this.numbers.push([x, y]);
    pen.font = `600 11px ${this.theme.font}`;
    pen.textBaseline = "middle";
    pen.strokeStyle = this.theme.back;
    pen.lineWidth = 3.5;
    pen.strokeText(number, x, y);
    pen.fillStyle = colour;
    pen.fillText(number, x, y);
  }

  // Read one after the other: later parts stand out more, and point where they lead.
  path(rows) {
    const { pen, theme } = this;
    for (let step = 1; step < rows.length; step++) {
      const [from, to] = [this.at(rows[step - 1]), this.at(rows[step])];
      pen.globalAlpha = 0.4 + (0.6 * step) / rows.length;
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      this.head(from, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], 8);
      this.stroke(theme.path, 1.75, 2);
    }
    pen.globalAlpha = 1;
    this.rings(rows, theme.path, 2.5);
    rows.forEach((row, place) => this.number(row, place + 1, theme.path));
  }

  head(from, at, size) {
    const angle = Math.atan2(at[1] - from[1], at[0] - from[0]);
    if (Math.hypot(at[0] - from[0], at[1] - from[1]) < size) return;
    for (const turn of [2.6, -2.6]) {
      this.pen.moveTo(...at);
      this.pen.lineTo(at[0] + size * Math.cos(angle + turn), at[1] + size * Math.sin(angle + turn));
    }
  }

  diamonds(rows) {
    const { pen } = this;
    pen.beginPath();
    for (const row of rows) {
      const [px, py] = this.at(row);
      if (!this.seen([px, py])) continue;
      const reach = this.map.radius(row) + 5;
      pen.moveTo(px, py - reach);
      pen.lineTo(px + reach, py);
      pen.lineTo(px, py + reach);
      pen.lineTo(px - reach, py);
      pen.closePath();
    }
    this.stroke(this.theme.next, 2, 2);
  }

  here(place) {
    if (!place) return;
    const { pen } = this;
    const [px, py] = this.map.camera.toScreen(...place);
    pen.beginPath();
    pen.arc(px, py, 9, 0, 7);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      pen.moveTo(px + 5 * dx, py + 5 * dy);
      pen.lineTo(px + 14 * dx, py + 14 * dy);
    }
    this.stroke(this.theme.path, 2.25, 3);
  }

  arrows(ends) {
    if (!ends) return;
    const { pen, map } = this;
    pen.beginPath();
    for (let at = 0; at + 3 < ends.length; at += 4) {
      const from = map.camera.toScreen(ends[at], ends[at + 1]);
      const to = map.camera.toScreen(ends[at + 2], ends[at + 3]);
      if (!this.seen(from, 400) && !this.seen(to, 400)) continue;
      pen.moveTo(...from);
      pen.lineTo(...to);
      this.head(from, to, 5);
    }
    pen.globalAlpha = 0.75;
    this.stroke(this.theme.text, 1.25);
    pen.globalAlpha = 1;
  }

  lasso(points, drawing) {
    if (!points || points.length < 2) return;
    const { pen, theme } = this;
    pen.beginPath();
    points.forEach(([x, y], place) => {
      const at = this.map.camera.toScreen(x, y);
      if (place) pen.lineTo(...at);
      else pen.moveTo(...at);
    });
    pen.closePath();
    pen.globalAlpha = drawing ? 0.12 : 0.05;
    pen.fillStyle = theme.accent;
    pen.fill();
    pen.globalAlpha = 1;
    pen.setLineDash(drawing ? [] : [5, 4]);
    this.stroke(theme.accent, 1.5);
    pen.setLineDash([]);
  }
}
