// Mouse, touch, wheel and keys on the map, told as what they mean.
const TAP = 5; // pixels, up to which a press is no drag
const DOUBLE = 320; // ms between two taps that are one double tap
const LEAVE = 500; // ms of rest, after which a wheel that cannot zoom out scrolls the page

function listenTo(stage, act) {
  const pointers = new Map();
  let press = null;
  let lastTap = { time: 0, x: 0, y: 0 };
  let lastWheel = 0;
  const at = (event) => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const onControl = (event) => event.target.closest(".tools, .stop");

  stage.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || onControl(event)) return;
    const place = at(event);
    pointers.set(event.pointerId, place);
    act.still();
    if (pointers.size === 1) {
      const label = event.target.closest(".label");
      const draws = act.tool() ?? (event.shiftKey ? "lasso" : null);
      press = { from: place, last: place, moved: false, label, draws };
    } else if (press) {
      press.moved = true;
      if (press.draws) act.drop();
      press.draws = null;
    }
    try {
      stage.setPointerCapture(event.pointerId);
    } catch {
      // the pointer is gone already
    }
  });

  stage.addEventListener("pointermove", (event) => {
    const place = at(event);
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType !== "touch" && !onControl(event)) act.over(place, event.target);
      return;
    }
    const before = pointers.get(event.pointerId);
    pointers.set(event.pointerId, place);
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()];
      const other = pointers.get(event.pointerId) === a ? b : a;
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
      const is = Math.hypot(place[0] - other[0], place[1] - other[1]);
      act.pan((place[0] - before[0]) / 2, (place[1] - before[1]) / 2);
      act.zoom(is / (was || 1), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      return;
    }
    if (!press || pointers.size > 2) return;
    const far = Math.hypot(place[0] - press.from[0], place[1] - press.from[1]);
    if (!press.moved && far <= TAP) return;
    if (press.draws) act.trace(press.draws, press.from, place, !press.moved);
    else act.pan(place[0] - press.last[0], place[1] - press.last[1]);
    press.moved = true;
    press.last = place;
  });

  const released = (event) => {
    if (!pointers.delete(event.pointerId) || !press) return;
    if (pointers.size) {
      press.last = [...pointers.values()][0];
      return;
    }
    const { moved, label, from, draws } = press;
    press = null;
    if (moved) {
      if (draws) act.close();
      return;
    }
    const now = Date.now();
    const near = Math.hypot(from[0] - lastTap.x, from[1] - lastTap.y) < 24;
    if (now - lastTap.time < DOUBLE && near) {
      lastTap.time = 0;
      act.glide(2.2, ...from);
      return;
    }
    lastTap = { time: now, x: from[0], y: from[1] };
    if (label) act.label(label.dataset.id);
    else act.tap(from);
  };
  stage.addEventListener("pointerup", released);
  stage.addEventListener("pointercancel", (event) => {
    pointers.delete(event.pointerId);
    if (press?.draws) act.drop();
    press = null;
  });
  stage.addEventListener("pointerleave", () => act.over(null));

  stage.addEventListener(
    "wheel",
    (event) => {
      const factor = Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : event.ctrlKey ? 0.01 : 0.0018));
      const now = Date.now();
      if (factor < 1 && act.outermost() && now - lastWheel > LEAVE) return;
      event.preventDefault();
      lastWheel = now;
      act.still();
      act.zoom(factor, ...at(event));
    },
    { passive: false },
  );

  const STEP = 70; // pixels
  const keys = {
    ArrowLeft: () => act.slide(STEP, 0),
    ArrowRight: () => act.slide(-STEP, 0),
    ArrowUp: () => act.slide(0, STEP),
    ArrowDown: () => act.slide(0, -STEP),
    "+": () => act.glide(1.5),
    "=": () => act.glide(1.5),
    "-": () => act.glide(1 / 1.5),
    0: () => act.all(),
    Escape: () => act.clear(),
  };
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act_ = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!act_) return;
    event.preventDefault();
    event.stopPropagation(); // no other shortcut of the page
    act_();
  });
}

// At most so many corners: of the shape that was drawn, those that matter most (Visvalingam).
function simplified(points, most) {
  const kept = [...points];
  const area = (at) => {
    const [a, b, c] = [-1, 0, 1].map((by) => kept[(at + by + kept.length) % kept.length]);
    return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]));
  };
  while (kept.length > most) {
    let least = 0;
    let size = Infinity;
    for (let at = 0; at < kept.length; at++) {
      if (area(at) < size) [least, size] = [at, area(at)];
    }
    kept.splice(least, 1);
  }
  return kept;
}
