// The exported map: what the page of the app does with a server, as far as one file can.
class MapFile {
  constructor(content, scene) {
    Object.assign(this, { content, scene, words: content.words, says: content.page });
    this.addresses = content.addresses;
    this.count = content.count;
    this.near = new Int32Array(unpacked(content.near).buffer);
    this.members = new Map(
      Object.entries(content.members).map(([id, rows]) => [id, new Int32Array(unpacked(rows).buffer)]),
    );
    this.finder = new Finder(scene);
    this.top = [...scene.rows.slice(-20)].reverse();
    this.panel = document.getElementById("panel");
    this.field = document.getElementById("find");
    this.state = { alt: content.alt, labels: content.labels, chosen: -1, colour: content.colours[0] ?? null };
    this.token = 0;
    this.map = createMap(document.getElementById("map"), {
      words: this.words,
      onClick: (row) => this.choose(row, false),
      onArea: (points) => this.area(points),
      onTopic: (id) => this.topic(id, false),
    });
    this.map.setScene(scene);
    this.controls();
    this.home();
  }

  controls() {
    const choice = document.getElementById("colour");
    this.content.colours.forEach(({ title }, place) => {
      const option = element("option", "", title);
      option.value = place;
      choice.append(option);
    });
    choice.parentElement.hidden = this.content.colours.length < 2;
    choice.addEventListener("change", () => this.put({ colour: this.content.colours[choice.value] }));
    let waiting;
    this.field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.search(), 120);
    });
    const button = document.getElementById("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    this.dark = system.matches;
    const paint = () => {
      document.documentElement.dataset.theme = this.dark ? "dark" : "light";
      button.setAttribute("aria-pressed", this.dark ? "true" : "false");
      this.put({ dark: this.dark });
    };
    button.addEventListener("click", () => {
      this.dark = !this.dark;
      paint();
    });
    system.addEventListener("change", () => {
      this.dark = system.matches;
      paint();
    });
    const fit = () => {
      const root = document.getElementById("map");
      const top = root.getBoundingClientRect().top + scrollY;
      const below = root.querySelector(".below").offsetHeight;
      this.put({ height: clamp(innerHeight - top - below - 14, 320, 1400) });
    };
    addEventListener("resize", fit);
    paint();
    fit();
  }

  put(patch) {
    this.state = { ...this.state, ...patch };
    this.map.setState(this.state);
  }

  show(parts) {
    this.panel.replaceChildren(...parts);
    this.panel.scrollTop = 0;
  }

  go(rows) {
    return rows.length ? { go: { token: ++this.token, rows } } : {};
  }

  nearTo(row) {
    if (row < 0) return [];
    return [...this.near.slice(row * this.count, (row + 1) * this.count)].filter((one) => one >= 0);
  }

  home() {
    this.field.value = "";
    this.put({ chosen: -1, near: [], found: [], inside: null, faint: null });
    this.show(homePanel(this));
  }

  choose(row, go) {
    if (row < 0) {
      this.put({ chosen: -1, near: [] });
      if (this.field.value.trim()) this.search(false);
      else if (this.state.inside) this.area(this.state.inside);
      else this.show(homePanel(this));
      return;
    }
    const near = this.nearTo(row);
    this.put({ chosen: row, near, ...(go ? this.go([row, ...near]) : {}) });
    this.show(articlePanel(this, row));
  }

  search(go = true) {
    const rows = this.finder.find(this.field.value);
    if (!rows) {
      this.put({ found: [] });
      this.show(homePanel(this));
      return;
    }
    this.put({ found: rows, ...(go ? this.go(rows) : {}) });
    const title = rows.length === 1 ? this.says.one_found : worded(this.says, "found", { count: counted(rows.length) });
    this.show(rowsPanel(this, title, rows));
  }

  topic(id, go) {
    const rows = [...(this.members.get(id) ?? [])];
    const label = this.content.labels.find((one) => String(one.id) === id);
    if (!rows.length || !label) return;
    const faint = new Uint8Array(this.scene.n).fill(1);
    for (const row of rows) faint[row] = 0;
    let signs = "";
    for (const one of faint) signs += String.fromCharCode(one);
    rows.sort((a, b) => this.scene.readers[b] - this.scene.readers[a]);
    this.put({ faint: btoa(signs), ...(go ? this.go(rows) : {}) });
    const note = worded(this.says, "articles", { count: counted(rows.length) });
    this.show(rowsPanel(this, label.text, rows, note));
  }

  area(points) {
    this.put({ inside: points });
    if (!points) {
      this.show(homePanel(this));
      return;
    }
    const { outside } = outsideOf(points, this.scene.places, this.scene.n);
    const rows = [];
    for (const row of this.scene.rows) if (!outside[row]) rows.push(row);
    rows.reverse(); // the most read first
    const title = rows.length === 1 ? this.says.one_selected : worded(this.says, "selected", { count: counted(rows.length) });
    this.show(rowsPanel(this, title, rows));
  }
}

async function begin() {
  const packed = unpacked(document.getElementById("data").textContent);
  const content = JSON.parse(new TextDecoder().decode(await unzipped(packed)));
  new MapFile(content, await openScene(unpacked(content.scene)));
}

begin().catch((error) => {
  document.getElementById("panel").textContent = `This browser cannot show the map: ${error.message}`;
});
