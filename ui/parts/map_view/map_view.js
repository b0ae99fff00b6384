// A map on a page. What it draws with, and the scene, come with the part that holds the scene.
const PAUSE = 300; // ms after a movement, before the address says where one looks
const maps = new WeakMap();

function shelf() {
  globalThis.kindredScenes ??= { held: new Map(), waiting: new Map(), create: null };
  return globalThis.kindredScenes;
}

function sceneOf(name) {
  const scenes = shelf();
  if (scenes.held.has(name)) return Promise.resolve(scenes.held.get(name));
  return new Promise((tell) => {
    scenes.waiting.set(name, [...(scenes.waiting.get(name) ?? []), tell]);
  });
}

function cameraIn(name) {
  const parts = (new URLSearchParams(location.search).get(name) ?? "").split(",").map(Number);
  return parts.length === 3 && parts.every(Number.isFinite) && parts[2] > 0 ? parts : null;
}

// The address names the view, so that a link and a reload lead back to it. Only this part of it is
// touched; a run of the page may have taken it away, and it is put there again.
function writeCamera(held) {
  if (!held.address || !held.camera) return;
  const url = new URL(location.href);
  const text = held.camera.map((value) => Number(value.toPrecision(5))).join();
  if (url.searchParams.get(held.address) === text) return;
  url.searchParams.set(held.address, text);
  history.replaceState(history.state, "", url.toString().replaceAll("%2C", ","));
}

function later(held) {
  clearTimeout(held.timer);
  held.timer = setTimeout(() => writeCamera(held), PAUSE);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const held = maps.get(parentElement) ?? { map: null, asked: null };
  maps.set(parentElement, held);
  held.send = setTriggerValue;
  held.data = data;
  held.address = data.address;
  const show = (scene) => {
    if (held.asked !== data.scene || held.over) return;
    const told = held.data;
    held.map ??= shelf().create(parentElement.querySelector(".kindred-map"), {
      words: told.words,
      camera: told.address ? cameraIn(told.address) : null,
      onClick: (row) => held.send("clicked", { row, camera: held.camera ?? null }),
      onArea: (points) => held.send("area", { points, camera: held.camera ?? null }),
      onTopic: (id) => held.send("topic", { id, camera: held.camera ?? null }),
      onCamera: (camera) => {
        held.camera = camera;
        later(held);
      },
    });
    held.map.setScene(scene);
    held.map.setState(told);
  };
  const known = shelf().held.get(data.scene);
  held.asked = data.scene;
  if (known && shelf().create) show(known);
  else sceneOf(data.scene).then(show);
  later(held);
  return () => {
    // A run that was overtaken by the next ends, too: the map stays while its place does.
    setTimeout(() => {
      if (parentElement.isConnected || held.over) return;
      held.over = true;
      clearTimeout(held.timer);
      held.map?.destroy();
    });
  };
}
