// When the points are drawn anew: not for a mark or a hover; and where drawing takes long, as it does
// without a graphics processor, a movement first shifts the picture that is there.
const SLOW = 22; // ms
const SETTLED = 110; // ms without a movement, after which the points are drawn in any case
const SHIFT = 0.3; // share of the picture by which it is shifted at most
const STRETCH = 1.7;

function drawPoints(map) {
  const { scene, camera, canvas, points, ratio, size } = map;
  const { held } = map;
  const like = [...camera.place, camera.width, camera.height, size, ratio];
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
  const alpha = clamp(1.02 - 0.11 * Math.log10(Math.max(scene.n, 10) / 300), 0.5, 0.92);
  const start = performance.now();
  const shown = points.draw(camera, size, alpha, ratio);
  if (map.costs.length < 3) {
    points.finish();
    map.costs.push(performance.now() - start);
    map.slow = Math.min(...map.costs) > SLOW;
  }
  canvas.style.transform = "";
  map.held = { like, shown, x: camera.x, y: camera.y, scale: camera.scale, ...sized(camera) };
  return shown;
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
