// The points, drawn by WebGL: all of them, or those in view where there are very many; where too
// many are in view, how dense they lie, while single ones appear as one zooms in.
const MANY = 150000; // in view, beyond which density is drawn
const FADE = 0.35; // share of MANY in which the points appear
const SOME = 30000; // of all, beyond which only those in view are drawn

function radiusOf(weight, size) {
  return size * (0.7 + (1.5 * weight) / 255);
}

class GLPoints {
  constructor(canvas) {
    this.canvas = canvas;
    this.gl = canvas.getContext("webgl", { antialias: false, alpha: true, depth: false });
    if (!this.gl) throw new Error("no WebGL");
    this.wide = this.gl.getExtension("OES_element_index_uint");
    this.kind = "points";
    this.build();
  }

  build() {
    const { gl } = this;
    this.dots = compiled(gl, POINT_VERTEX, POINT_FRAGMENT);
    this.picture = compiled(gl, SHEET_VERTEX, PICTURE_FRAGMENT);
    this.steps = compiled(gl, SHEET_VERTEX, STEPS_FRAGMENT);
    this.square = buffered(gl, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]));
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.clearColor(0, 0, 0, 0);
    this.pictureStale = true;
    this.indexed = null;
  }

  setScene(scene, grid) {
    const { gl } = this;
    const ordered = new Float32Array(2 * scene.n);
    for (let rank = 0; rank < scene.n; rank++) {
      const row = scene.rows[rank];
      ordered[2 * rank] = scene.places[2 * row];
      ordered[2 * rank + 1] = scene.places[2 * row + 1];
    }
    for (const old of [this.places, this.looks]) if (old) gl.deleteBuffer(old);
    for (const old of [this.stepsSheet, this.pictureSheet]) if (old) gl.deleteTexture(old);
    Object.assign(this, { scene, grid, indexed: null, looks: null, pictureSheet: null });
    this.places = buffered(gl, ordered);
    const { side, bytes } = stepsOf(scene);
    this.stepsSheet = textured(gl, side, side, bytes, gl.LINEAR);
    this.pictureStale = true;
  }

  setLooks(colouring, back, theme) {
    const { gl, scene } = this;
    this.back = back;
    this.theme = theme;
    this.colouring = colouring;
    const looks = new Uint8Array(4 * scene.n);
    for (let rank = 0; rank < scene.n; rank++) {
      const row = scene.rows[rank];
      looks[4 * rank] = scene.weights[row];
      looks[4 * rank + 1] = colouring.of(row);
      looks[4 * rank + 2] = back && back[row] ? 1 : 0;
    }
    if (this.looks) gl.deleteBuffer(this.looks);
    if (this.palette) gl.deleteTexture(this.palette);
    this.looks = buffered(gl, looks);
    this.palette = textured(gl, 256, 1, colouring.palette, gl.NEAREST);
    this.pictureStale = true;
  }

  restored() {
    this.places = this.looks = this.palette = this.stepsSheet = this.pictureSheet = null;
    this.build();
    if (!this.scene) return;
    this.setScene(this.scene, this.grid);
    if (this.colouring) this.setLooks(this.colouring, this.back, this.theme);
  }

  // Draws, and says what: how many points are in view, and whether they are drawn one by one.
  draw(camera, size, alpha, ratio) {
    const { gl, canvas, scene } = this;
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const inView = this.grid.count(camera.view());
    const single = scene.n <= MANY ? 1 : clamp((1 - inView / MANY) / FADE, 0, 1);
    const near = 1 - clamp((Math.log2(Math.max(camera.zoom, 1)) - 1) / 2.5, 0, 1);
    if (single > 0.02 && near > 0) {
      this.drawSheet(this.steps, this.stepsSheet, camera, 0.15 * near * Math.min(single, 1));
    }
    if (single < 1) {
      if (this.pictureStale) this.paint();
      this.drawSheet(this.picture, this.pictureSheet, camera, 1 - 0.85 * single);
    }
    if (single > 0.02) this.drawDots(camera, size, alpha * single, ratio);
    return { inView, density: single <= 0.02 };
  }

  paint() {
    const { gl } = this;
    const { side, bytes } = pictureOf(this.scene, this.colouring, this.back);
    if (this.pictureSheet) gl.deleteTexture(this.pictureSheet);
    this.pictureSheet = textured(gl, side, side, bytes, gl.LINEAR);
    this.pictureStale = false;
  }

  aim({ program, places }, camera) {
    const { gl } = this;
    gl.useProgram(program);
    gl.uniform2f(places.centre, camera.x, camera.y);
    gl.uniform2f(places.scale, (2 * camera.scale) / camera.width, (2 * camera.scale) / camera.height);
  }

  drawSheet(made, sheet, camera, alpha) {
    const { gl } = this;
    const { x0, y0, x1, y1 } = sheetBounds(this.scene);
    this.aim(made, camera);
    gl.uniform2f(made.places.low, x0, y0);
    gl.uniform2f(made.places.high, x1, y1);
    gl.uniform1f(made.places.alpha, alpha);
    if (made.places.ink) gl.uniform3fv(made.places.ink, rgb(this.theme.text).map((c) => c / 255));
    gl.bindTexture(gl.TEXTURE_2D, sheet);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.square);
    gl.enableVertexAttribArray(0);
    gl.disableVertexAttribArray(1);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  // The indices of the points in view, kept while one stays about there.
  select(camera) {
    if (this.scene.n <= SOME || !this.wide) return null;
    const seen = camera.view(20);
    const held = this.indexed;
    const inside =
      held &&
      seen.x0 >= held.view.x0 && seen.x1 <= held.view.x1 &&
      seen.y0 >= held.view.y0 && seen.y1 <= held.view.y1;
    if (inside && camera.zoom < held.zoom * 2) return held;
    const view = camera.view(Math.max(camera.width, camera.height) * 0.3);
    const ranks = this.grid.within(view);
    if (held) this.gl.deleteBuffer(held.buffer);
    const buffer = buffered(this.gl, ranks, this.gl.ELEMENT_ARRAY_BUFFER);
    this.indexed = { view, zoom: camera.zoom, buffer, count: ranks.length };
    return this.indexed;
  }

  drawDots(camera, size, alpha, ratio) {
    const { gl, dots, scene } = this;
    const chosen = this.select(camera);
    const rim = size > 1.8 ? Math.min(0.8, size / 4) * ratio : 0;
    this.aim(dots, camera);
    gl.uniform1f(dots.places.size, size * ratio);
    gl.uniform1f(dots.places.rim, rim);
    gl.uniform3fv(dots.places.back, rgb(this.theme.back).map((c) => c / 255));
    gl.bindTexture(gl.TEXTURE_2D, this.palette);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.looks);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, 0, 0);
    if (chosen) gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, chosen.buffer);
    for (const turn of this.back ? [1, 0] : [0]) {
      gl.uniform1f(dots.places.turn, turn);
      gl.uniform1f(dots.places.alpha, turn ? alpha * 0.16 : alpha);
      if (chosen) gl.drawElements(gl.POINTS, chosen.count, gl.UNSIGNED_INT, 0);
      else gl.drawArrays(gl.POINTS, 0, scene.n);
    }
  }

  // Wait until what was drawn is there.
  finish() {
    const { gl } = this;
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  end() {
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}
