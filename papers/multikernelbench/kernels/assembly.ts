import { type Bodies, type Frame, indented } from "./frame.ts";

interface Body {
  readonly code: string;
  readonly outside?: string;
}

/** Arguments are addresses: `get(x, i)` and `put(y, i, v)` count floats, `at(x, i)` moves by as many. */
export const frame: Frame<Body> = ({ inputs, outputs, dims }, { code, outside = "" }) => ({
  source: `@inline function at(p: usize, i: i32): usize { return p + (<usize>i << 2); }
@inline function get(p: usize, i: i32): f32 { return load<f32>(at(p, i)); }
@inline function put(p: usize, i: i32, v: f32): void { store<f32>(at(p, i), v); }
${outside}
export function forge_kernel(inputAt: usize, outputAt: usize, dimsAt: usize): i32 {
  ${[
    ...inputs.map(({ name }, i) => `const ${name} = <usize>load<u32>(inputAt, ${4 * i});`),
    ...outputs.map(({ name }, i) => `const ${name} = <usize>load<u32>(outputAt, ${4 * i});`),
    ...dims.map((name, i) => `const ${name} = <i32>load<i64>(dimsAt, ${8 * i});`),
  ].join("\n  ")}
  ${indented(code)}
  return 0;
}
`,
});

/** Four elements at once, then one by one. */
const elements = (count: string, four: string, one: string): string => `
const n = ${count};
let i = 0;
for (; i + 4 <= n; i += 4) ${four}
for (; i < n; i++) ${one}`;

/** to[0..n) += v row[0..n). */
const addRow = `
function addRow(to: usize, v: f32, row: usize, n: i32): void {
  const w = f32x4.splat(v);
  let i = 0;
  for (; i + 4 <= n; i += 4) v128.store(at(to, i), f32x4.add(v128.load(at(to, i)), f32x4.mul(w, v128.load(at(row, i)))));
  for (; i < n; i++) put(to, i, get(to, i) + v * get(row, i));
}`;

const dot = `
function dot(a: usize, b: usize, n: i32): f32 {
  let four = f32x4.splat(0), i = 0;
  for (; i + 4 <= n; i += 4) four = f32x4.add(four, f32x4.mul(v128.load(at(a, i)), v128.load(at(b, i))));
  let sum = f32x4.extract_lane(four, 0) + f32x4.extract_lane(four, 1) + f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3);
  for (; i < n; i++) sum += get(a, i) * get(b, i);
  return sum;
}`;

const erf = `
// Abramowitz and Stegun 7.1.26: 1.5e-7 at most.
function erf(x: f32): f32 {
  const t: f32 = 1 / (1 + <f32>0.3275911 * abs(x));
  const p = ((((<f32>1.061405429 * t - <f32>1.453152027) * t + <f32>1.421413741) * t - <f32>0.284496736) * t + <f32>0.254829592) * t;
  return copysign<f32>(1 - p * Mathf.exp(-x * x), x);
}`;

export const bodies: Bodies<Body> = {
  "activation/relu": {
    code: elements(
      "batch * dim",
      "v128.store(at(y, i), f32x4.max(v128.load(at(x, i)), f32x4.splat(0)));",
      "put(y, i, max<f32>(get(x, i), 0));",
    ),
  },
  "activation/gelu": {
    outside: erf,
    code: `
for (let i = 0; i < batch * dim; i++) {
  put(y, i, <f32>0.5 * get(x, i) * (1 + erf(get(x, i) * <f32>0.70710678)));
}`,
  },
  "activation/softmax": {
    code: `
for (let b = 0; b < batch; b++) {
  const row = at(x, b * dim), to = at(y, b * dim);
  let most = get(row, 0), sum: f32 = 0;
  for (let j = 1; j < dim; j++) most = max<f32>(most, get(row, j));
  for (let j = 0; j < dim; j++) {
    const e = Mathf.exp(get(row, j) - most);
    put(to, j, e);
    sum += e;
  }
  for (let j = 0; j < dim; j++) put(to, j, get(to, j) / sum);
}`,
  },
  "broadcast/elmentwise_mul_broadcast": {
    code: `
for (let i = 0; i < first; i++) {
  for (let j = 0; j < second; j++) {
    const p = at(a, i * width), q = at(b, j * width), to = at(y, (i * second + j) * width);
    let k = 0;
    for (; k + 4 <= width; k += 4) v128.store(at(to, k), f32x4.mul(v128.load(at(p, k)), v128.load(at(q, k))));
    for (; k < width; k++) put(to, k, get(p, k) * get(q, k));
  }
}`,
  },
  "broadcast/add_bias_four_dim_broadcast": {
    code: `
const plane = height * width;
for (let p = 0; p < batch * channels; p++) {
  const shift = get(bias, p % channels), end = (p + 1) * plane;
  let i = p * plane;
  for (; i + 4 <= end; i += 4) v128.store(at(y, i), f32x4.add(v128.load(at(x, i)), f32x4.splat(shift)));
  for (; i < end; i++) put(y, i, get(x, i) + shift);
}`,
  },
  "convolution/conv_pointwise_2d": {
    outside: addRow,
    code: `
const plane = height * width;
memory.fill(y, 0, <usize>(batch * outputs * plane) << 2);
for (let n = 0; n < batch; n++) {
  for (let o = 0; o < outputs; o++) {
    for (let c = 0; c < inputs; c++) {
      addRow(at(y, (n * outputs + o) * plane), get(weight, o * inputs + c), at(x, (n * inputs + c) * plane), plane);
    }
  }
}`,
  },
  "convolution/conv_standard_1d": {
    outside: addRow,
    code: `
const size = length - 2;
memory.fill(y, 0, <usize>(batch * outputs * size) << 2);
for (let n = 0; n < batch; n++) {
  for (let o = 0; o < outputs; o++) {
    for (let c = 0; c < inputs; c++) {
      for (let t = 0; t < 3; t++) {
        addRow(at(y, (n * outputs + o) * size), get(weight, (o * inputs + c) * 3 + t), at(x, (n * inputs + c) * length + t), size);
      }
    }
  }
}`,
  },
  "fusion/gemm_multiply_leakyrelu": {
    outside: dot,
    code: `
for (let i = 0; i < batch; i++) {
  for (let j = 0; j < features; j++) {
    const v = <f32>2 * (dot(at(x, i * input), at(linear1_weight, j * input), input) + get(linear1_bias, j));
    put(y, i * features + j, v > 0 ? v : <f32>0.1 * v);
  }
}`,
  },
  "index/argmax_over_a_dimension": {
    code: `
memory.fill(y, 0, <usize>(batch * width) << 2);
for (let b = 0; b < batch; b++) {
  const first = at(x, b * length * width);
  for (let k = 1; k < length; k++) {
    for (let j = 0; j < width; j++) {
      const best = at(y, b * width + j);
      if (get(first, k * width + j) > get(first, load<i32>(best) * width + j)) store<i32>(best, k);
    }
  }
}`,
  },
  "index/gather": {
    code: `
for (let r = 0; r < rows; r++) {
  for (let k = r * count; k < (r + 1) * count; k++) put(y, k, get(x, r * length + load<i32>(at(index, k))));
}`,
  },
  "loss/mse_loss": {
    code: `
let sum: f64 = 0;
for (let i = 0; i < batch * dim; i++) {
  const d = <f64>get(predictions, i) - <f64>get(targets, i);
  sum += d * d;
}
put(loss, 0, <f32>(sum / <f64>(batch * dim)));`,
  },
  "math/cumsum": {
    code: `
for (let r = 0; r < rows; r++) {
  let sum: f32 = 0;
  for (let i = r * cols; i < (r + 1) * cols; i++) {
    sum += get(x, i);
    put(y, i, sum);
  }
}`,
  },
  "matmul/standard_matrix_multiplication": {
    outside: addRow,
    code: `
memory.fill(c, 0, <usize>(M * N) << 2);
for (let i = 0; i < M; i++) {
  for (let k = 0; k < K; k++) addRow(at(c, i * N), get(a, i * K + k), at(b, k * N), N);
}`,
  },
  "matmul/matmul_with_transposed_b": {
    outside: dot,
    code: `
for (let i = 0; i < M; i++) {
  for (let j = 0; j < N; j++) put(c, i * N + j, dot(at(a, i * K), at(b, j * K), K));
}`,
  },
  "normalization/l2_norm": {
    outside: dot,
    code: `
for (let b = 0; b < batch; b++) {
  const row = at(x, b * dim), size = Mathf.sqrt(dot(row, row, dim));
  for (let j = 0; j < dim; j++) put(y, b * dim + j, get(row, j) / size);
}`,
  },
  "normalization/rms_norm": {
    code: `
const plane = height * width;
for (let n = 0; n < batch; n++) {
  for (let i = 0; i < plane; i++) {
    const first = n * channels * plane + i;
    let sum: f32 = 0;
    for (let c = 0; c < channels; c++) sum += get(x, first + c * plane) * get(x, first + c * plane);
    const size = Mathf.sqrt(sum / <f32>channels + <f32>1e-5);
    for (let c = 0; c < channels; c++) put(y, first + c * plane, get(x, first + c * plane) / size);
  }
}`,
  },
  "optimizer/sgd": {
    code: `
for (let i = 0; i < rows * cols; i++) {
  put(paramAfter, i, get(param, i) - <f32>0.01 * (<f32>0.9 * get(velocity, i) + get(grad, i)));
}`,
  },
  "pooling/max_pooling_1d": {
    code: `
for (let p = 0; p < batch * channels; p++) {
  const row = at(x, p * length), to = at(y, p * (length + 1));
  for (let i = 0; i <= length; i++) {
    const end = min(length, i + 4);
    let most = get(row, end - 1);
    for (let k = max(0, i - 4); k < end; k++) most = max<f32>(most, get(row, k));
    put(to, i, most);
  }
}`,
  },
  "reduce/sum_reduction_over_a_dimension": {
    outside: addRow,
    code: `
memory.fill(y, 0, <usize>(batch * width) << 2);
for (let b = 0; b < batch; b++) {
  for (let i = 0; i < length; i++) addRow(at(y, b * width), 1, at(x, (b * length + i) * width), width);
}`,
  },
  "resize/bilinear_upsample": {
    code: `
for (let p = 0; p < batch * channels; p++) {
  for (let i = 0; i < 2 * height; i++) {
    const v = max<f32>(0, <f32>0.5 * <f32>i - <f32>0.25), top = <i32>v, fv = v - <f32>top;
    const r0 = at(x, (p * height + top) * width), r1 = at(x, (p * height + min(top + 1, height - 1)) * width);
    for (let j = 0; j < 2 * width; j++) {
      const h = max<f32>(0, <f32>0.5 * <f32>j - <f32>0.25), left = <i32>h, fh = h - <f32>left;
      const right = min(left + 1, width - 1);
      const above = (<f32>1 - fh) * get(r0, left) + fh * get(r0, right);
      const below = (<f32>1 - fh) * get(r1, left) + fh * get(r1, right);
      put(y, (p * 2 * height + i) * 2 * width + j, (<f32>1 - fv) * above + fv * below);
    }
  }
}`,
  },
};
