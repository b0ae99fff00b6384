// What gestures do to a map.
const CORNERS = 60; // of an area, at most

function actionsOf(map) {
  const move = (place) => {
    map.camera.put(place);
    map.moved();
  };
  return {
    tool: () => map.tool,
    still: () => (map.flight = null),
    outermost: () => map.camera.zoom <= 1,
    pan: (dx, dy) => move(map.camera.panned(dx, dy)),
    zoom: (factor, px, py) => move(map.camera.zoomed(factor, px, py)),
    slide: (dx, dy) => map.fly(map.onward().panned(dx, dy)),
    glide: (factor, px, py) => {
      clearTimeout(map.clearing);
      map.fly(map.onward().zoomed(factor, px, py));
    },
    all: () => map.fly(map.camera.all()),
    over: (place, target) => map.hover(target?.closest(".label") ? -1 : map.at(place)),
    label: (id) => map.onTopic?.(id),
    tap: (place) => {
      const row = map.at(place);
      clearTimeout(map.clearing);
      if (row >= 0) map.choose(row);
      // The first of two taps that zoom does not clear what is chosen.
      else if (map.state.chosen >= 0) map.clearing = setTimeout(() => map.choose(-1), DOUBLE);
    },
    trace: (kind, from, to, fresh) => {
      const [a, b] = [map.camera.toData(...from), map.camera.toData(...to)];
      if (kind === "box") map.drawn = [a, [b[0], a[1]], b, [a[0], b[1]]];
      else if (fresh || !map.drawn) map.drawn = [a, b];
      else map.drawn.push(b);
      map.hover(-1);
      map.draw();
    },
    drop: () => {
      map.drawn = null;
      map.draw();
    },
    close: () => {
      const drawn = map.drawn ?? [];
      map.drawn = null;
      map.use(null);
      const { x0, x1 } = map.scene.extent;
      const digits = clamp(4 - Math.floor(Math.log10(x1 - x0)), 0, 10);
      const rounded = simplified(drawn, CORNERS).map((at) => at.map((v) => Number(v.toFixed(digits))));
      if (rounded.length > 2) map.area(rounded);
      map.draw();
    },
    clear: () => {
      if (map.drawn || map.tool) {
        map.drawn = null;
        map.use(null);
        map.draw();
      } else if (map.state.inside) map.area(null);
      else if (map.colouring.solo.size) {
        map.colouring.solo.clear();
        map.shade();
      } else if (map.state.chosen >= 0) map.choose(-1);
    },
  };
}
