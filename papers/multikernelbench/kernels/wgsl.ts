import { type Bodies, type Frame, indented } from "./frame.ts";

interface Body {
  /** How many invocations there are, where each has one thing to do; else one workgroup of 64. */
  readonly count?: string;
  readonly code: string;
  readonly outside?: string;
}

/** Invocation `i` of `count`, or `lane` of the one workgroup. */
export const frame: Frame<Body> = ({ inputs, outputs, dims }, { count, code, outside = "" }) => {
  const type = (integer: boolean) => (integer ? "i32" : "f32");
  const buffers = [
    ...inputs.map(({ name, integer }) => `var<storage, read> ${name}: array<${type(integer)}>;`),
    ...outputs.map(
      ({ name, integer }) => `var<storage, read_write> ${name}: array<${type(integer)}>;`,
    ),
    `var<uniform> dims: array<vec4<u32>, ${Math.ceil(dims.length / 4)}>;`,
  ];
  const sizes = dims.map((d, i) => `let ${d} = dims[${Math.floor(i / 4)}][${i % 4}];`);
  const start =
    count === undefined ? "let lane = local.x;" : `let i = id.x;\n  if (i >= ${count}) { return; }`;
  const builtin =
    count === undefined
      ? "@builtin(local_invocation_id) local: vec3<u32>"
      : "@builtin(global_invocation_id) id: vec3<u32>";
  return {
    source: `${buffers.map((b, i) => `@group(0) @binding(${i}) ${b}`).join("\n")}
${outside}
@compute @workgroup_size(64)
fn main(${builtin}) {
  ${sizes.join(" ")}
  ${start}
  ${indented(code)}
}
`,
    grid: count === undefined ? { per: "one", size: 1 } : { per: "element", size: 64 },
  };
};

/** One invocation a row of the output, which has more elements. */
const rows = (count: string, code: string): Body => ({ count, code });

const erf = `
// Abramowitz and Stegun 7.1.26: 1.5e-7 at most.
fn erf(x: f32) -> f32 {
  let t = 1 / (1 + 0.3275911 * abs(x));
  let p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign(x) * (1 - p * exp(-min(x * x, 80.0)));
}`;

const dot = (a: string, b: string) => `
var sum = 0.0;
for (var k = 0u; k < inner; k++) { sum += ${a} * ${b}; }`;

export const bodies: Bodies<Body> = {
  "activation/relu": { count: "batch * dim", code: "y[i] = max(x[i], 0.0);" },
  "activation/gelu": {
    count: "batch * dim",
    code: "y[i] = 0.5 * x[i] * (1 + erf(x[i] * 0.70710678));",
    outside: erf,
  },
  "activation/softmax": rows(
    "batch",
    `
let start = i * dim;
var most = x[start];
for (var j = 1u; j < dim; j++) { most = max(most, x[start + j]); }
var sum = 0.0;
for (var j = 0u; j < dim; j++) { sum += exp(x[start + j] - most); }
for (var j = 0u; j < dim; j++) { y[start + j] = exp(x[start + j] - most) / sum; }`,
  ),
  "broadcast/elmentwise_mul_broadcast": {
    count: "first * second * width",
    code: `
let k = i % width;
let j = i / width % second;
y[i] = a[i / width / second * width + k] * b[j * width + k];`,
  },
  "broadcast/add_bias_four_dim_broadcast": {
    count: "batch * channels * height * width",
    code: "y[i] = x[i] + bias[i / (height * width) % channels];",
  },
  "convolution/conv_pointwise_2d": {
    count: "batch * outputs * height * width",
    code: `
let plane = height * width;
let o = i / plane % outputs;
let first = i / plane / outputs * inputs * plane + i % plane;
let inner = inputs;
${dot("weight[o * inputs + k]", "x[first + k * plane]")}
y[i] = sum;`,
  },
  "convolution/conv_standard_1d": {
    count: "batch * outputs * (length - 2)",
    code: `
let size = length - 2;
let o = i / size % outputs;
let first = i / size / outputs * inputs * length + i % size;
var sum = 0.0;
for (var c = 0u; c < inputs; c++) {
  for (var t = 0u; t < 3; t++) { sum += weight[(o * inputs + c) * 3 + t] * x[first + c * length + t]; }
}
y[i] = sum;`,
  },
  "fusion/gemm_multiply_leakyrelu": {
    count: "batch * features",
    code: `
let row = i / features;
let column = i % features;
let inner = input;
${dot("x[row * input + k]", "linear1_weight[column * input + k]")}
let v = 2 * (sum + linear1_bias[column]);
y[i] = select(0.1 * v, v, v > 0);`,
  },
  "index/argmax_over_a_dimension": {
    count: "batch * width",
    code: `
let first = i / width * length * width + i % width;
var best = 0u;
for (var k = 1u; k < length; k++) {
  if (x[first + k * width] > x[first + best * width]) { best = k; }
}
y[i] = i32(best);`,
  },
  "index/gather": {
    count: "rows * count",
    code: "y[i] = x[i / count * length + u32(index[i])];",
  },
  "loss/mse_loss": {
    outside: "var<workgroup> parts: array<f32, 64>;",
    code: `
var sum = 0.0;
for (var k = lane; k < batch * dim; k += 64) {
  let d = predictions[k] - targets[k];
  sum += d * d;
}
parts[lane] = sum;
workgroupBarrier();
for (var half = 32u; half > 0; half /= 2) {
  if (lane < half) { parts[lane] += parts[lane + half]; }
  workgroupBarrier();
}
if (lane == 0) { loss[0] = parts[0] / f32(batch * dim); }`,
  },
  "math/cumsum": rows(
    "rows",
    `
var sum = 0.0;
for (var k = i * cols; k < (i + 1) * cols; k++) {
  sum += x[k];
  y[k] = sum;
}`,
  ),
  "matmul/standard_matrix_multiplication": {
    count: "M * N",
    code: `
let row = i / N;
let column = i % N;
let inner = K;
${dot("a[row * K + k]", "b[k * N + column]")}
c[i] = sum;`,
  },
  "matmul/matmul_with_transposed_b": {
    count: "M * N",
    code: `
let row = i / N;
let column = i % N;
let inner = K;
${dot("a[row * K + k]", "b[column * K + k]")}
c[i] = sum;`,
  },
  "normalization/l2_norm": rows(
    "batch",
    `
var sum = 0.0;
for (var k = i * dim; k < (i + 1) * dim; k++) { sum += x[k] * x[k]; }
let size = sqrt(sum);
for (var k = i * dim; k < (i + 1) * dim; k++) { y[k] = x[k] / size; }`,
  ),
  "normalization/rms_norm": rows(
    "batch * height * width",
    `
let plane = height * width;
let first = i / plane * channels * plane + i % plane;
var sum = 0.0;
for (var c = 0u; c < channels; c++) { sum += x[first + c * plane] * x[first + c * plane]; }
let size = sqrt(sum / f32(channels) + 1e-5);
for (var c = 0u; c < channels; c++) { y[first + c * plane] = x[first + c * plane] / size; }`,
  ),
  "optimizer/sgd": {
    count: "rows * cols",
    code: "paramAfter[i] = param[i] - 0.01 * (0.9 * velocity[i] + grad[i]);",
  },
  "pooling/max_pooling_1d": {
    count: "batch * channels * (length + 1)",
    code: `
let size = length + 1;
let row = i / size * length;
let at = i % size;
let end = min(length, at + 4);
var most = x[row + end - 1];
for (var k = max(at, 4) - 4; k < end; k++) { most = max(most, x[row + k]); }
y[i] = most;`,
  },
  "reduce/sum_reduction_over_a_dimension": {
    count: "batch * width",
    code: `
let first = i / width * length * width + i % width;
var sum = 0.0;
for (var k = 0u; k < length; k++) { sum += x[first + k * width]; }
y[i] = sum;`,
  },
  "resize/bilinear_upsample": {
    count: "batch * channels * 4 * height * width",
    code: `
let row = i / (2 * width) % (2 * height);
let column = i % (2 * width);
let image = i / (4 * height * width) * height;
let v = max(0.0, 0.5 * f32(row) - 0.25);
let h = max(0.0, 0.5 * f32(column) - 0.25);
let top = u32(v);
let left = u32(h);
let right = min(left + 1, width - 1);
let r0 = (image + top) * width;
let r1 = (image + min(top + 1, height - 1)) * width;
let above = mix(x[r0 + left], x[r0 + right], h - f32(left));
let below = mix(x[r1 + left], x[r1 + right], h - f32(left));
y[i] = mix(above, below, v - f32(top));`,
  },
};
