// The packed scene: parts of one buffer, of which titles are decoded one at a time.
async function unzipped(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function openScene(given) {
  let bytes = await unzipped(given);
  if (bytes.byteOffset % 8) bytes = bytes.slice(); // parts begin at multiples of 8
  const decoder = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (decoder.decode(bytes.subarray(0, 4)) !== "KMAP") throw new Error("not a packed scene");
  const length = view.getUint32(4, true);
  const header = JSON.parse(decoder.decode(bytes.subarray(8, 8 + length)));
  const base = bytes.byteOffset + Math.ceil((8 + length) / 8) * 8;
  const part = (Kind, name) => {
    const [start, size] = header.parts[name];
    return new Kind(bytes.buffer, base + start, size / Kind.BYTES_PER_ELEMENT);
  };
  const n = header.n;
  const places = part(Float32Array, "places");
  const readers = part(Uint32Array, "readers");
  const ends = part(Uint32Array, "ends");
  const titles = part(Uint8Array, "titles");
  const scene = {
    n,
    places,
    readers,
    title: (row) => decoder.decode(titles.subarray(ends[row], ends[row + 1])),
    extent: extentOf(places, n),
  };
  return Object.assign(scene, ranked(scene));
}

function extentOf(places, n) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < 2 * n; i += 2) {
    const x = places[i];
    const y = places[i + 1];
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
  }
  if (!n) [x0, y0, x1, y1] = [-1, -1, 1, 1];
  // One article, or all at one place, have room around them, too.
  const least = Math.max(x1 - x0, y1 - y0) * 0.05 || 2;
  const grown = (low, high) => {
    const more = Math.max(0, (least - (high - low)) / 2);
    return [low - more, high + more];
  };
  [x0, x1] = grown(x0, x1);
  [y0, y1] = grown(y0, y1);
  return { x0, y0, x1, y1 };
}

// Points in the order in which they are drawn: the most read last, on top. A counting sort by the
// logarithm of the readers, which is also their weight from 0 to 255.
function ranked({ n, readers }) {
  let most = 1;
  for (let row = 0; row < n; row++) if (readers[row] > most) most = readers[row];
  const weights = new Uint8Array(n);
  const per = 255 / Math.log1p(most);
  const starts = new Uint32Array(257);
  for (let row = 0; row < n; row++) {
    weights[row] = Math.round(Math.log1p(readers[row]) * per);
    starts[weights[row] + 1] += 1;
  }
  for (let weight = 0; weight < 256; weight++) starts[weight + 1] += starts[weight];
  const rows = new Uint32Array(n); // of the points as they are drawn
  const ranks = new Uint32Array(n); // at which a row is drawn
  for (let row = 0; row < n; row++) {
    const rank = starts[weights[row]]++;
    rows[rank] = row;
    ranks[row] = rank;
  }
  return { weights, rows, ranks, most };
}
