// How dense the points lie, as small pictures: for very many points in their colours, and blurred
// in one colour beneath few.
const SMALL_SIDE = 128;
const LARGE_SIDE = 640;
const BEYOND = 0.06; // share of the extent around it, in which the blur can run out

function sheetBounds({ extent }) {
  const dx = (extent.x1 - extent.x0) * BEYOND;
  const dy = (extent.y1 - extent.y0) * BEYOND;
  return { x0: extent.x0 - dx, y0: extent.y0 - dy, x1: extent.x1 + dx, y1: extent.y1 + dy };
}

function blurred(from, side, radius, times) {
  let [a, b] = [from, new Float32Array(from.length)];
  for (let pass = 0; pass < 2 * times; pass++) {
    const [step, line] = pass % 2 ? [side, 1] : [1, side];
    for (let one = 0; one < side; one++) {
      const at = one * line;
      let sum = 0;
      for (let i = -radius; i < side; i++) {
        if (i + radius < side) sum += a[at + (i + radius) * step];
        if (i - radius - 1 >= 0) sum -= a[at + (i - radius - 1) * step];
        if (i >= 0) b[at + i * step] = sum / (2 * radius + 1);
      }
    }
    [a, b] = [b, a];
  }
  return a;
}

function cellOf({ places }, { x0, y0, x1, y1 }, side) {
  const perX = side / (x1 - x0);
  const perY = side / (y1 - y0);
  return (row) => {
    const column = Math.floor((places[2 * row] - x0) * perX);
    return Math.floor((places[2 * row + 1] - y0) * perY) * side + column;
  };
}

// Steps of the square root of the density, up to the place where it is highest.
function stepsOf(scene) {
  const side = SMALL_SIDE;
  const counts = new Float32Array(side * side);
  const cell = cellOf(scene, sheetBounds(scene), side);
  for (let row = 0; row < scene.n; row++) counts[cell(row)] += 1;
  const smooth = blurred(counts, side, 2, 3);
  let most = 0;
  for (const value of smooth) if (value > most) most = value;
  const bytes = new Uint8Array(side * side * 4);
  smooth.forEach((value, at) => (bytes[4 * at + 3] = most ? 255 * Math.sqrt(value / most) : 0));
  return { side, bytes };
}

// The mean colour of the points of each cell; their number, by its logarithm, is how much it covers.
// Those that stand back count for little.
function pictureOf(scene, colouring, back) {
  const side = LARGE_SIDE;
  const sums = [0, 1, 2, 3].map(() => new Float32Array(side * side));
  const cell = cellOf(scene, sheetBounds(scene), side);
  const { palette } = colouring;
  for (let row = 0; row < scene.n; row++) {
    const at = cell(row);
    const from = 4 * colouring.of(row);
    const much = back && back[row] ? 0.08 : 1;
    sums[0][at] += palette[from] * much;
    sums[1][at] += palette[from + 1] * much;
    sums[2][at] += palette[from + 2] * much;
    sums[3][at] += much;
  }
  const [red, green, blue, count] = sums.map((sum) => blurred(sum, side, 1, 1));
  let most = 0;
  for (const value of count) if (value > most) most = value;
  const bytes = new Uint8Array(side * side * 4);
  const per = 1 / Math.log1p(most * 4 || 1);
  for (let at = 0; at < side * side; at++) {
    if (!count[at]) continue;
    const cover = Math.min(1, 0.06 + 0.94 * Math.log1p(count[at] * 4) * per) * Math.min(1, count[at] * 3);
    bytes[4 * at] = (red[at] / count[at]) * cover; // premultiplied
    bytes[4 * at + 1] = (green[at] / count[at]) * cover;
    bytes[4 * at + 2] = (blue[at] / count[at]) * cover;
    bytes[4 * at + 3] = 255 * cover;
  }
  return { side, bytes };
}
