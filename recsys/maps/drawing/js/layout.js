// The elements of a map, in the order in which the Tab key walks them.
function layOut(map) {
  map.root.classList.add("kindred-map");
  map.stage = element("div", "stage");
  map.canvas = element("canvas", "points");
  map.over = element("canvas", "marks");
  map.over.tabIndex = 0;
  map.over.setAttribute("role", "application");
  const names = element("div", "names");
  const tip = element("div", "tip");
  const tools = element("div", "tools");
  const stops = element("div", "stops");
  map.title = element("div", "named");
  map.title.dir = "auto";
  map.title.setAttribute("aria-hidden", "true");
  map.stage.append(tools, map.canvas, map.over, names, map.title, stops, tip);
  const below = element("div", "below");
  const legend = element("div", "legend");
  map.said = element("div", "said");
  below.append(legend, map.said);
  map.root.replaceChildren(map.stage, below);
  map.tools = addTools(tools, map.words, (name) => map.press(name));
  map.toolBox = tools;
  map.labels = new Labels(names);
  map.marks = new Marks(map.over);
  map.tip = new Tip(tip, map.words);
  map.walk = new Walk(stops, map.words, (row) => map.choose(row));
  map.legend = new Legend(legend, map.words, () => map.shade());
  try {
    map.points = new GLPoints(map.canvas);
  } catch {
    const plain = element("canvas", "points"); // the first may have another kind of context
    map.canvas.replaceWith(plain);
    map.canvas = plain;
    map.points = new PlainPoints(plain);
  }
  map.canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault();
    map.lost = true;
  });
  map.canvas.addEventListener("webglcontextrestored", () => {
    map.lost = false;
    map.points.restored();
    map.held = null;
    map.draw();
  });
}
