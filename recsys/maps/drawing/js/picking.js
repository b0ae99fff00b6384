// An even grid over the points: what lies in a part of the plane, and what is under the cursor.
class GridIndex {
  constructor({ n, places, rows, extent }) {
    this.n = n;
    this.places = places;
    this.rows = rows;
    this.extent = extent;
    this.side = clamp(Math.ceil(Math.sqrt(n / 2)), 1, 1024);
    this.perX = this.side / (extent.x1 - extent.x0);
    this.perY = this.side / (extent.y1 - extent.y0);
    const cells = new Uint32Array(n);
    this.starts = new Uint32Array(this.side * this.side + 1);
    for (let rank = 0; rank < n; rank++) {
      const row = rows[rank];
      const cell = this.row(places[2 * row + 1]) * this.side + this.column(places[2 * row]);
      cells[rank] = cell;
      this.starts[cell + 1] += 1;
    }
    for (let cell = 0; cell < this.side ** 2; cell++) this.starts[cell + 1] += this.starts[cell];
    const next = this.starts.slice(0, -1);
    this.ranks = new Uint32Array(n); // by cells; in a cell they ascend
    for (let rank = 0; rank < n; rank++) this.ranks[next[cells[rank]]++] = rank;
  }

  column(x) {
    return clamp(Math.floor((x - this.extent.x0) * this.perX), 0, this.side - 1);
  }

  row(y) {
    return clamp(Math.floor((y - this.extent.y0) * this.perY), 0, this.side - 1);
  }

  // Calls `each` with a run of `this.ranks` and whether all of it lies within: cells of one row
  // that are not at the edge of the view are one run.
  runs({ x0, y0, x1, y1 }, each) {
    const { extent, side, starts } = this;
    if (x1 < extent.x0 || x0 > extent.x1 || y1 < extent.y0 || y0 > extent.y1) return;
    const [left, right] = [this.column(x0), this.column(x1)];
    const [low, high] = [this.row(y0), this.row(y1)];
    for (let row = low; row <= high; row++) {
      const at = row * side;
      // The outermost cells of the grid hold nothing beyond the extent: they may lie within.
      const rowWithin = (row > low || y0 <= extent.y0) && (row < high || y1 >= extent.y1);
      if (!rowWithin) {
        each(starts[at + left], starts[at + right + 1], false);
        continue;
      }
      const from = x0 <= extent.x0 ? left : left + 1;
      const to = x1 >= extent.x1 ? right : right - 1;
      if (from > left) each(starts[at + left], starts[at + left + 1], false);
      if (to >= from) each(starts[at + from], starts[at + to + 1], true);
      if (to < right && right >= from) each(starts[at + right], starts[at + right + 1], false);
    }
  }

  holds({ x0, y0, x1, y1 }, rank) {
    const row = this.rows[rank];
    const x = this.places[2 * row];
    const y = this.places[2 * row + 1];
    return x >= x0 && x <= x1 && y >= y0 && y <= y1;
  }

  count(view) {
    let found = 0;
    this.runs(view, (start, end, within) => {
      if (within) found += end - start;
      else for (let i = start; i < end; i++) if (this.holds(view, this.ranks[i])) found += 1;
    });
    return found;
  }

  // The ranks within, ascending: as they are drawn.
  within(view) {
    const found = new Uint32Array(this.count(view));
    let at = 0;
    this.runs(view, (start, end, within) => {
      for (let i = start; i < end; i++) {
        if (within || this.holds(view, this.ranks[i])) found[at++] = this.ranks[i];
      }
    });
    return found.sort();
  }

  // The row under a place: of the discs that cover it the one that is drawn on top, otherwise the
  // nearest within `reach`. Points that stand back come after all others.
  pick(x, y, reach, radius, back) {
    const view = { x0: x - reach, y0: y - reach, x1: x + reach, y1: y + reach };
    let best = -1;
    let bestCovers = false;
    let bestBack = true;
    let bestFar = Infinity;
    this.runs(view, (start, end) => {
      for (let i = start; i < end; i++) {
        const rank = this.ranks[i];
        const row = this.rows[rank];
        const far = Math.hypot(this.places[2 * row] - x, this.places[2 * row + 1] - y);
        if (far > reach) continue;
        const covers = far <= radius(row);
        const isBack = Boolean(back && back[row]);
        let better;
        if (best < 0) better = true;
        else if (isBack !== bestBack) better = bestBack;
        else if (covers !== bestCovers) better = covers;
        else better = covers ? rank > best : far < bestFar;
        if (better) [best, bestCovers, bestBack, bestFar] = [rank, covers, isBack, far];
      }
    });
    return best < 0 ? -1 : this.rows[best];
  }
}

// For each point whether a polygon holds it: by the even-odd rule, within its bounds only.
function outsideOf(polygon, places, n) {
  const outside = new Uint8Array(n).fill(1);
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  let count = 0;
  for (let row = 0; row < n; row++) {
    const x = places[2 * row];
    const y = places[2 * row + 1];
    if (x < x0 || x > x1 || y < y0 || y > y1) continue;
    let odd = false;
    for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
      if (ys[i] > y === ys[j] > y) continue;
      if (x < ((xs[j] - xs[i]) * (y - ys[i])) / (ys[j] - ys[i]) + xs[i]) odd = !odd;
    }
    if (odd) {
      outside[row] = 0;
      count += 1;
    }
  }
  return { outside, count };
}
