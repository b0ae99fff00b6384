// The map: points, marks and names in one element. It keeps its own view; what it is given changes
// only what that names. `createMap` is all that is used from outside.
const GLIDE = 300; // ms

class KindredMap {
  constructor(root, { words, onClick, onArea, onTopic, onCamera, camera }) {
    Object.assign(this, { root, words, onClick, onArea, onTopic, onCamera });
    this.first = camera ?? null;
    this.camera = new Camera();
    this.state = {};
    this.colouring = new Colouring();
    this.scene = null;
    this.hovered = -1;
    this.tool = this.drawn = this.token = null;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    layOut(this);
    listenTo(this.stage, actionsOf(this));
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.stage);
  }

  setScene(scene) {
    if (scene === this.scene) return;
    this.fresh = !this.scene;
    this.scene = scene;
    this.grid = new GridIndex(scene);
    this.hovered = -1;
    this.camera.extent = scene.extent;
    this.points.setScene(scene, this.grid);
    this.costs = [];
    this.held = null;
    this.looks = null;
    this.camera.put(this.camera.place);
  }

  setState(state) {
    const rows = (list) => (list ?? []).filter((row) => row >= 0 && row < (this.scene?.n ?? 0));
    this.state = state;
    this.root.toggleAttribute("data-dark", Boolean(state.dark));
    if (state.height) this.stage.style.height = `${state.height}px`;
    this.over.setAttribute("aria-label", state.alt ?? "");
    this.over.setAttribute("aria-description", worded(this.words, "keys"));
    if (!this.scene) return;
    if (this.fresh) {
      this.fresh = false;
      this.resize();
      this.camera.put(this.first ?? state.camera ?? this.camera.all());
      if (this.first) this.token = state.go?.token ?? null; // a link says where one looks
    }
    this.state = { ...state, chosen: rows([state.chosen])[0] ?? -1 };
    for (const name of ["near", "found", "path", "next", "marked"]) this.state[name] = rows(state[name]);
    this.arrows = state.arrows ? new Float32Array(unpacked(state.arrows).buffer) : null;
    this.theme = readTheme(this.root);
    this.labels.put(state.labels);
    this.shade();
    const { go } = state;
    if (go && go.token !== this.token) {
      this.token = go.token;
      const to = go.camera ?? (rows(go.rows).length ? this.around(rows(go.rows)) : null);
      if (to) this.fly(to);
    }
    this.draw();
  }

  around(rows) {
    const { places } = this.scene;
    return this.camera.around(rows.map((row) => [places[2 * row], places[2 * row + 1]]));
  }

  // Gives the points their colours, and sets back what stands back; only where that has changed.
  shade() {
    const { state, scene, theme, colouring } = this;
    if (!scene || !theme) return;
    colouring.put(state.colour, scene.n, theme, state.dark);
    const { inside } = state;
    const made = [colouring.source, state.faint, JSON.stringify(inside ?? null)];
    const key = [colouring.colours.join(), [...colouring.solo].join(), theme.back, theme.text];
    const looks = [...made, ...key];
    if (!this.looks || looks.some((part, at) => part !== this.looks[at])) {
      const cut = inside?.length > 2 ? outsideOf(inside, scene.places, scene.n) : null;
      this.inside = cut ? cut.count : null;
      this.back = standingBack(scene.n, faintOf(state.faint, scene.n), cut?.outside, colouring);
      this.points.setLooks(colouring, this.back, theme);
      this.held = null;
      this.looks = looks;
    }
    this.legend.put(state.colour, colouring, state.dark);
    this.draw();
  }

  colourLabel(row) {
    const { colour } = this.state;
    if (colour?.kind !== "categories" || !this.colouring.index) return "";
    const entry = colour.entries?.find(({ index }) => index === this.colouring.of(row));
    return entry?.label ?? "";
  }

  get size() {
    const { width, height, zoom } = this.camera;
    const own = clamp(0.2 * Math.sqrt((width * height) / Math.max(this.scene.n, 1)), 0.8, 3.4);
    const base = this.state.size ?? own;
    return Math.min(base * Math.max(zoom, 0.5) ** 0.35, Math.max(7, base));
  }

  radius(row) {
    return radiusOf(this.scene.weights[row], this.size);
  }

  at(place) {
    if (!place || !this.scene) return -1;
    const { camera, size } = this;
    const [x, y] = camera.toData(...place);
    const reach = Math.max(10, radiusOf(255, size)) / camera.scale;
    const radius = (row) => (radiusOf(this.scene.weights[row], size) + 0.5) / camera.scale;
    return this.grid.pick(x, y, reach, radius, this.back);
  }

  hover(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    this.stage.classList.toggle("pointing", row >= 0);
    // The title of the chosen one is there already.
    if (row >= 0 && row !== this.state.chosen) this.tip.show(this, row);
    else this.tip.hide();
    this.draw();
  }

  choose(row) {
    if (row === this.state.chosen && row >= 0) return;
    this.state = { ...this.state, chosen: row, near: [] };
    this.tip.hide();
    this.draw();
    this.onClick?.(row);
  }

  // A stop of the Tab key has the focus: it is brought into view.
  reveal(row) {
    const { places } = this.scene;
    const [x, y] = [places[2 * row], places[2 * row + 1]];
    const [px, py] = this.camera.toScreen(x, y);
    const { width, height } = this.camera;
    if (px < 20 || py < 20 || px > width - 20 || py > height - 20) {
      this.camera.put([x, y, this.camera.zoom]);
      this.moved();
    }
    this.hover(row);
  }

  press(name) {
    if (name === "zoom_in") this.fly(this.onward().zoomed(1.6));
    else if (name === "zoom_out") this.fly(this.onward().zoomed(1 / 1.6));
    else if (name === "show_all") this.fly(this.camera.all());
    else this.use(this.tool === name ? null : name);
  }

  use(tool) {
    this.tool = tool;
    for (const name of ["lasso", "box"]) {
      this.tools[name].setAttribute("aria-pressed", name === tool ? "true" : "false");
    }
    this.stage.classList.toggle("drawing", Boolean(tool));
  }

  area(points) {
    this.state = { ...this.state, inside: points };
    this.shade();
    this.onArea?.(points);
  }

  // The camera where the flight ends that is under way: two keys in a row go two steps.
  onward() {
    const camera = Object.assign(new Camera(), this.camera);
    if (this.flight) camera.put(this.flight.to);
    return camera;
  }

  fly(to) {
    const from = this.camera.place;
    if (this.still.matches || !this.scene) {
      this.camera.put(to);
      this.moved();
      return;
    }
    const flight = { start: performance.now(), to };
    this.flight = flight;
    const step = () => {
      if (this.flight !== flight || this.ended) return;
      const share = Math.min((performance.now() - flight.start) / GLIDE, 1);
      this.camera.put(between(from, to, share));
      this.moved();
      if (share < 1) requestAnimationFrame(step);
      else this.flight = null;
    };
    step();
  }

  moved() {
    if (this.hovered >= 0) this.tip.hide();
    this.hovered = -1;
    this.stage.classList.remove("pointing");
    this.movedAt = performance.now();
    this.onCamera?.(this.camera.place);
    this.draw();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height) return;
    const ratio = Math.min(devicePixelRatio || 1, 3);
    Object.assign(this.camera, { width, height });
    this.ratio = ratio;
    for (const canvas of [this.canvas, this.over]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.held = null; // a canvas of another size is empty
    this.labels.forget();
    this.paint();
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      if (!this.ended) this.paint();
    });
  }

  paint() {
    const { scene, camera, ratio } = this;
    if (!scene || !this.theme || !ratio || this.lost) return;
    const shown = drawPoints(this);
    this.marks.draw(this, ratio);
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.toolBox;
    const taken = [[offsetLeft, offsetTop, offsetLeft + offsetWidth, offsetTop + offsetHeight]];
    placeTitle(this, taken);
    this.labels.place(camera, taken);
    this.walk.put(this);
    this.say(shown);
    const { dataset } = this.root;
    dataset.camera = camera.place.map((value) => Number(value.toPrecision(6))).join();
    dataset.mode = shown.density ? "density" : this.points.kind;
    dataset.drawn = `${shown.inView} of ${scene.n}`;
    dataset.chosen = this.state.chosen;
  }

  say({ inView, density }) {
    const { words } = this;
    const parts = [worded(words, "in_view", { shown: counted(inView), all: counted(this.scene.n) })];
    if (density) parts.push(worded(words, "density"));
    if (this.inside !== null && this.inside !== undefined) {
      parts.push(worded(words, "inside", { count: counted(this.inside) }));
    }
    const text = parts.join(", ");
    const whole = this.points.kind === "plain" ? `${text}. ${worded(words, "plain")}` : text;
    if (this.said.textContent !== whole) this.said.textContent = whole;
  }

  destroy() {
    this.ended = true;
    clearTimeout(this.clearing);
    clearTimeout(this.settling);
    this.watch.disconnect();
    this.points.end();
    this.root.replaceChildren();
  }
}

// `onClick(row)`, `onArea(points | null)`, `onTopic(id)` and `onCamera([x, y, zoom])` tell what
// somebody did; `camera` is where they look first.
function createMap(root, options) {
  const map = new KindredMap(root, options);
  root.kindredMap = {
    camera: () => map.camera.place,
    where: (row) => map.camera.toScreen(map.scene.places[2 * row], map.scene.places[2 * row + 1]),
    pick: (px, py) => map.at([px, py]),
    paint: () => {
      map.held = null;
      map.paint();
    },
    drawing: () => Boolean(map.flight || map.waiting),
  };
  return {
    setScene: (scene) => map.setScene(scene),
    setState: (state) => map.setState(state),
    destroy: () => map.destroy(),
  };
}
