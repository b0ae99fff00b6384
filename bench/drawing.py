"""How fast is a map drawn, moved and picked in a browser, and how large is it?

    python -m bench.drawing [--counts 3000 20000 100000 1000000] [--plotly-most 20000]

The same points are drawn by the exported map and by Plotly's scattergl, each as one HTML file from
disk in Chromium without a graphics processor (SwiftShader). Each line is the median of the runs:

Plotly takes minutes for the drag at 100,000 points.

- MB: the file without the script that draws: titles and places here, places alone for Plotly;
- draw: seconds from opening the file to the first picture on the screen;
- drag: seconds for 30 steps of a drag, each shown before the next;
- zoomed: the same after the view shows a ninth of the plane;
- hover: milliseconds from a movement of the mouse onto a point to its text on the screen;
- pick: milliseconds for finding the point under the cursor alone, the mean of 500 places.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from recsys.maps.drawing import Colours, Scene, map_page, script

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STEPS = 30
SIDE = 18  # clusters
SHADES = ["#1f5f8b", "#b4501e", "#3d7a4a", "#7a4a8c", "#8a6d1b", "#5b6470"]
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PICKS = """(map) => {
    const [wide, high] = [map.clientWidth, 500];
    const start = performance.now();
    for (let i = 0; i < 500; i++) map.kindredMap.pick((i * 37) % wide, (i * 91) % high);
    return (performance.now() - start) / 500;
}"""
NEAREST = """(map) => {
    const stage = map.querySelector(".stage").getBoundingClientRect();
    for (let row = 0; ; row++) {
        const [x, y] = map.kindredMap.where(row);
        if (x > 20 && y > 20 && x < stage.width - 60 && y < stage.height - 20) {
            return [x + stage.left, y + stage.top];
        }
    }
}"""


def points(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places, readers and groups of a made-up catalogue."""
    rng = np.random.default_rng(0)
    centres, group = rng.normal(0, 30, (SIDE, 2)), rng.integers(0, SIDE, n)
    spread = rng.uniform(2, 8, (SIDE, 1))[group]
    places = (centres[group] + rng.normal(size=(n, 2)) * spread).astype("f4")
    return places, np.minimum(rng.pareto(1.1, n) * 5, 2_000).astype(int), group % len(SHADES)


def own_file(n: int) -> bytes:
    """The exported map."""
    places, readers, group = points(n)
    titles = [
        f"What article {row} says about topic {one}, in short" for row, one in enumerate(group)
    ]
    colours = Colours(title="Topic", kind="categories", index=group, light=SHADES, dark=SHADES)
    scene = Scene(xy=places, titles=titles, readers=readers)
    return map_page(scene, title="Map", said="A benchmark.", colours=[colours])


def plotly_file(n: int) -> bytes:
    """The same points as Plotly draws them, with numbers for hover."""
    import plotly.graph_objects as go

    places, readers, group = points(n)
    marker = {"color": np.array(SHADES)[group], "size": 4 + np.log1p(readers)}
    trace = go.Scattergl(
        x=places[:, 0],
        y=places[:, 1],
        mode="markers",
        marker=marker,
        customdata=np.arange(n, dtype="i4"),
    )
    layout = {"dragmode": "pan", "width": 900, "height": 600}
    return go.Figure(trace, layout).to_html(include_plotlyjs=True).encode()


def library_size() -> int:
    """Bytes of plotly.js."""
    from plotly.offline import get_plotlyjs

    return len(get_plotlyjs().encode())


def dragged(page: Page, x: float, y: float) -> float:
    """Seconds of a drag, of which every step is shown."""
    page.mouse.move(x, y)
    page.mouse.down()
    start = time.perf_counter()
    for step in range(STEPS):
        page.mouse.move(x + 3 * step, y + 2 * step)
        page.evaluate(FRAME)
    took = time.perf_counter() - start
    page.mouse.up()
    page.evaluate(FRAME)
    return took


def hovered(page: Page, x: float, y: float, shown: str) -> float:
    """Milliseconds until the text for a point is there."""
    page.mouse.move(x - 100, y - 60)
    page.evaluate(FRAME)
    start = time.perf_counter()
    page.mouse.move(x, y)
    page.wait_for_selector(shown, timeout=20_000)
    return 1_000 * (time.perf_counter() - start)


def own_times(page: Page, path: Path) -> dict[str, float]:
    """Of one opening of the exported map."""
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector(".kindred-map[data-drawn]", timeout=120_000)
    page.evaluate(FRAME)
    found = {"draw": time.perf_counter() - start}
    found["drag"] = dragged(page, 400, 400)
    page.keyboard.press("0")
    page.wait_for_timeout(500)
    found["pick"] = page.locator(".kindred-map").evaluate(PICKS)
    x, y = page.locator(".kindred-map").evaluate(NEAREST)
    found["hover"] = hovered(page, x, y, ".tip:not([hidden])")
    page.mouse.move(400, 400)
    page.mouse.wheel(0, -int(np.log(3) / 0.0018))
    page.wait_for_timeout(1_500)
    found["zoomed"] = dragged(page, 400, 400)
    return found


def plotly_times(page: Page, path: Path) -> dict[str, float]:
    """Of one opening of Plotly's picture."""
    start = time.perf_counter()
    page.goto(path.as_uri(), timeout=120_000)
    page.wait_for_selector(".gl-canvas", state="attached", timeout=120_000)
    page.wait_for_selector(".xtick text", timeout=120_000)
    page.evaluate(FRAME)
    found = {"draw": time.perf_counter() - start}
    found["drag"] = dragged(page, 400, 300)
    page.wait_for_timeout(1_000)
    row = "const d = document.querySelector('.js-plotly-plot'); const f = d._fullLayout;"
    at = f"() => {{ {row} const x = d._fullData[0].x, y = d._fullData[0].y; let i = 0;"
    at += "const [a, b] = [f.xaxis, f.yaxis];"
    at += "const p = () => [a._offset + a.d2p(x[i]), b._offset + b.d2p(y[i])];"
    at += "while (p()[0] < 150 || p()[0] > 700 || p()[1] < 150 || p()[1] > 500) i++;"
    at += "const box = d.getBoundingClientRect(); return [p()[0] + box.left, p()[1] + box.top]; }"
    x, y = page.evaluate(at)
    try:
        found["hover"] = hovered(page, x, y, ".hoverlayer .hovertext")
    except Exception:  # another point lies over it, or none is found in 20 s
        found["hover"] = float("nan")
    return found


def measured(
    browser_page: Callable[[], Page], made: bytes, times: Callable[[Page, Path], dict], runs: int
) -> dict[str, float]:
    """The median of several openings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        path.write_bytes(made)
        found = []
        for _ in range(runs):
            page = browser_page()
            found.append(times(page, path))
            page.close()
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def main() -> None:
    """Make the files, open them, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--counts", type=int, nargs="+", default=[3_000, 20_000, 100_000, 1_000_000]
    )
    parser.add_argument("--plotly-most", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    columns = ("draw", "drag", "zoomed", "hover", "pick")
    print(f"{'points':>9} {'drawn by':>9} {'MB':>7}" + "".join(f"{one:>9}" for one in columns))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS
        )

        def fresh() -> Page:
            return browser.new_page(
                viewport={"width": 1280, "height": 720}, reduced_motion="reduce"
            )

        for n in options.counts:
            ways = [("Kindred", own_file, own_times, len(script().encode()))]
            if n <= options.plotly_most:
                ways.append(("Plotly", plotly_file, plotly_times, library_size()))
            for name, make, times, library in ways:
                made = make(n)
                found = measured(fresh, made, times, options.runs)
                figures = "".join(f"{found.get(one, float('nan')):9.3f}" for one in columns)
                print(f"{n:>9,} {name:>9} {(len(made) - library) / 1e6:7.2f}{figures}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
