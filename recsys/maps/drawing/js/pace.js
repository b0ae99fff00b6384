// When the points are drawn anew: not for a mark or a hover; and where drawing takes long, as it does
// without a graphics processor, a movement first shifts the picture that is there.
const SLOW = 22; // ms, in the middle of those that were measured last
const MEASURED = 3;
const SELDOM = 6; // draws, of which one is measured: it keeps the others waiting
const SETTLED = 110; // ms without a movement, after which the points are drawn in any case
const SHIFT = 0.3; // share of the picture by which it is shifted at most
const STRETCH = 1.7;

function drawPoints(map) {
  const { camera, canvas, points, ratio, size } = map;
  const { held } = map;
  const like = [...camera.place, camera.width, camera.height, size, ratio, strength(map)];
  if (held && held.like.every((value, at) => value === like[at])) return held.shown;
  if (held && map.slow && performance.now() - map.movedAt < SETTLED) {
    const shift = shiftOf(held, camera);
    if (shift) {
      canvas.style.transform = shift;
      clearTimeout(map.settling);
      map.settling = setTimeout(() => map.draw(), SETTLED);
      return { ...held.shown, inView: map.grid.count(camera.view()) };
    }
  }
  const alpha = strength(map);
  const start = performance.now();
  const shown = points.draw(camera, size, alpha, ratio);
  map.draws = (map.draws ?? 0) + 1;
  if (map.slow || map.costs.length < MEASURED || map.draws % SELDOM === 0) {
    points.finish();
    map.costs = [performance.now() - start, ...map.costs].slice(0, MEASURED);
    const middle = [...map.costs].sort((a, b) => a - b)[map.costs.length >> 1];
    map.slow = middle > SLOW;
  }
  canvas.style.transform = "";
  map.held = { like, shown, x: camera.x, y: camera.y, scale: camera.scale, ...sized(camera) };
  return shown;
}

// How strong the points are: less where many lie over each other, and beneath marks that lead from
// one to another.
function strength({ scene, state }) {
  const alpha = clamp(1.02 - 0.11 * Math.log10(Math.max(scene.n, 10) / 300), 0.5, 0.92);
  if (state.path?.length || state.arrows) return alpha * 0.45;
  return state.chosen >= 0 && state.near?.length ? alpha * 0.75 : alpha;
}

function sized({ width, height }) {
  return { width, height };
}

// How the picture that was drawn lies under the camera as it is now; null where too much is bare.
function shiftOf(held, camera) {
  const { scale, width, height } = camera;
  if (width !== held.width || height !== held.height) return null;
  const ratio = scale / held.scale;
  const dx = (held.x - camera.x) * scale;
  const dy = (camera.y - held.y) * scale;
  if (Math.abs(dx) > SHIFT * width || Math.abs(dy) > SHIFT * height) return null;
  if (ratio > STRETCH || ratio < 1 / STRETCH) return null;
  return `translate(${dx}px, ${dy}px) scale(${ratio})`;
}
