// The part that holds a scene: unpacked once, found by its key by all maps of the window. It also
// brings the script that draws, so that a map's own messages stay small.
const KEPT = 4;

function shelf() {
  globalThis.kindredScenes ??= { held: new Map(), waiting: new Map(), create: null };
  return globalThis.kindredScenes;
}

// Nothing is to be seen of this part: where it stands takes no room, nor a gap above or below.
function takeNoRoom(parentElement) {
  const { host } = parentElement.getRootNode();
  const box = (host ?? parentElement).closest("[data-testid=stElementContainer]");
  if (box) box.style.position = "absolute";
}

export default async function ({ data, parentElement }) {
  takeNoRoom(parentElement);
  const scenes = shelf();
  scenes.create = createMap;
  const bytes = new Uint8Array(data); // a view of the message, which is larger
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const name = new TextDecoder().decode(bytes.subarray(4, 4 + size));
  if (!scenes.held.has(name)) {
    const scene = await openScene(bytes.slice(4 + size));
    scenes.held.set(name, scene);
    while (scenes.held.size > KEPT) scenes.held.delete(scenes.held.keys().next().value);
  }
  const scene = scenes.held.get(name);
  scenes.held.delete(name); // what was asked for last is dropped last
  scenes.held.set(name, scene);
  for (const tell of scenes.waiting.get(name) ?? []) tell(scene);
  scenes.waiting.delete(name);
}
