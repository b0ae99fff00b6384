// What the graphics processor runs: discs with a thin rim in the colour of the page, and density.
const POINT_VERTEX = `
precision highp float;
attribute vec2 place;
attribute vec4 look; // weight 0..1, colour, stands back
uniform vec2 centre, scale;
uniform float size, turn, rim;
varying float half_, colour;
void main() {
  gl_Position = vec4((place - centre) * scale, 0.0, 1.0);
  if (abs(look.z * 255.0 - turn) > 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  half_ = size * (0.7 + 1.5 * look.x);
  colour = look.y;
  gl_PointSize = 2.0 * (half_ + rim) + 1.0;
}`;
const POINT_FRAGMENT = `
precision highp float;
uniform sampler2D palette;
uniform vec3 back;
uniform float alpha, rim;
varying float half_, colour;
void main() {
  float far = length(gl_PointCoord - 0.5) * (2.0 * (half_ + rim) + 1.0);
  float disc = clamp(half_ - far + 0.5, 0.0, 1.0);
  float whole = clamp(half_ + rim - far + 0.5, 0.0, 1.0) * (rim > 0.0 ? 0.75 : 0.0);
  float shown = max(disc, whole) * alpha;
  if (shown < 0.004) discard;
  vec3 ink = texture2D(palette, vec2((colour * 255.0 + 0.5) / 256.0, 0.5)).rgb;
  gl_FragColor = vec4(mix(back, ink, disc / max(max(disc, whole), 0.001)) * shown, shown);
}`;
const SHEET_VERTEX = `
precision highp float;
attribute vec2 place;
uniform vec2 centre, scale, low, high;
varying vec2 at;
void main() {
  at = place;
  gl_Position = vec4((mix(low, high, place) - centre) * scale, 0.0, 1.0);
}`;
// The picture of very many points: their mean colour, as dense as they are.
const PICTURE_FRAGMENT = `
precision mediump float;
uniform sampler2D sheet;
uniform float alpha;
varying vec2 at;
void main() { gl_FragColor = texture2D(sheet, at) * alpha; }`;
// Soft steps beneath the points, where they crowd.
const STEPS_FRAGMENT = `
precision mediump float;
uniform sampler2D sheet;
uniform vec3 ink;
uniform float alpha;
varying vec2 at;
void main() {
  float dense = texture2D(sheet, at).a * 6.0;
  float low = floor(dense);
  float step_ = (low + smoothstep(0.0, 0.12, dense - low) - 1.0) / 6.0;
  float shown = clamp(step_, 0.0, 1.0) * alpha;
  gl_FragColor = vec4(ink * shown, shown);
}`;

function compiled(gl, vertex, fragment) {
  const program = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, "place");
  gl.bindAttribLocation(program, 1, "look");
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(gl.getProgramInfoLog(program) ?? "the shaders do not link");
  }
  const places = {};
  const count = gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS) ?? 0;
  for (let at = 0; at < count; at++) {
    const { name } = gl.getActiveUniform(program, at);
    places[name] = gl.getUniformLocation(program, name);
  }
  return { program, places };
}

function buffered(gl, data, kind = gl.ARRAY_BUFFER) {
  const buffer = gl.createBuffer();
  gl.bindBuffer(kind, buffer);
  gl.bufferData(kind, data, gl.STATIC_DRAW);
  return buffer;
}

function textured(gl, width, height, bytes, filter) {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}
