// The same points where there is no WebGL, on a canvas: discs of one colour at a time.
class PlainPoints {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.kind = "plain";
  }

  setScene(scene, grid) {
    Object.assign(this, { scene, grid });
  }

  setLooks(colouring, back, theme) {
    Object.assign(this, { colouring, back, theme });
  }

  draw(camera, size, alpha, ratio) {
    const { pen, canvas, scene, colouring, back } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const seen = this.grid.within(camera.view(12));
    const { scale, width, height, x, y } = camera;
    for (const turn of back ? [1, 0] : [0]) {
      pen.globalAlpha = turn ? alpha * 0.16 : alpha;
      let last = -1;
      for (const rank of seen) {
        const row = scene.rows[rank];
        if ((back ? back[row] : 0) !== turn) continue;
        const colour = colouring.of(row);
        if (colour !== last) {
          const at = 4 * colour;
          pen.fillStyle = `rgb(${colouring.palette.slice(at, at + 3).join()})`;
          last = colour;
        }
        const radius = radiusOf(scene.weights[row], size);
        const px = width / 2 + (scene.places[2 * row] - x) * scale;
        const py = height / 2 - (scene.places[2 * row + 1] - y) * scale;
        if (radius < 1.6) pen.fillRect(px - radius, py - radius, 2 * radius, 2 * radius);
        else {
          pen.beginPath();
          pen.arc(px, py, radius, 0, 7);
          pen.fill();
        }
      }
    }
    pen.globalAlpha = 1;
    return { inView: this.grid.count(camera.view()), density: false };
  }

  finish() {}

  end() {}
}
