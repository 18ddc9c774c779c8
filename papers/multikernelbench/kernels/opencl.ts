import { type Bodies, type Frame, indented } from "./frame.ts";

interface Body {
  /** How many work items there are, where each has one thing to do; else one group of 64. */
  readonly count?: string;
  readonly code: string;
}

/** Work item `i` of `count`, or `lane` of the one group. */
export const frame: Frame<Body> = ({ inputs, outputs, dims }, { count, code }) => {
  const type = (integer: boolean) => (integer ? "int" : "float");
  const parameters = [
    ...inputs.map(({ name, integer }) => `global const ${type(integer)}* ${name}`),
    ...outputs.map(({ name, integer }) => `global ${type(integer)}* ${name}`),
    ...dims.map((name) => `long ${name}`),
  ];
  return {
    source: `kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void forge_kernel(${parameters.join(", ")}) {
  ${
    count === undefined
      ? "const long lane = get_local_id(0);"
      : `const long i = get_global_id(0);\n  if (i >= ${count}) return;`
  }
  ${indented(code)}
}
`,
    grid: count === undefined ? { per: "one", size: 1 } : { per: "element", size: 64 },
  };
};

const dot = (a: string, b: string) => `
float sum = 0;
for (long k = 0; k < inner; k++) sum += ${a} * ${b};`;

export const bodies: Bodies<Body> = {
  "activation/relu": { count: "batch * dim", code: "y[i] = fmax(x[i], 0.0f);" },
  "activation/gelu": {
    count: "batch * dim",
    code: "y[i] = 0.5f * x[i] * (1 + erf(x[i] * 0.70710678f));",
  },
  "activation/softmax": {
    count: "batch",
    code: `
global const float* row = x + i * dim;
float most = row[0], sum = 0;
for (long j = 1; j < dim; j++) most = fmax(most, row[j]);
for (long j = 0; j < dim; j++) sum += y[i * dim + j] = exp(row[j] - most);
for (long j = 0; j < dim; j++) y[i * dim + j] /= sum;`,
  },
  "broadcast/elmentwise_mul_broadcast": {
    count: "first * second * width",
    code: `
const long k = i % width, j = i / width % second;
y[i] = a[i / width / second * width + k] * b[j * width + k];`,
  },
  "broadcast/add_bias_four_dim_broadcast": {
    count: "batch * channels * height * width",
    code: "y[i] = x[i] + bias[i / (height * width) % channels];",
  },
  "convolution/conv_pointwise_2d": {
    count: "batch * outputs * height * width",
    code: `
const long plane = height * width, o = i / plane % outputs, inner = inputs;
global const float* column = x + i / plane / outputs * inputs * plane + i % plane;
${dot("weight[o * inputs + k]", "column[k * plane]")}
y[i] = sum;`,
  },
  "convolution/conv_standard_1d": {
    count: "batch * outputs * (length - 2)",
    code: `
const long size = length - 2, o = i / size % outputs;
global const float* place = x + i / size / outputs * inputs * length + i % size;
float sum = 0;
for (long c = 0; c < inputs; c++)
  for (long t = 0; t < 3; t++) sum += weight[(o * inputs + c) * 3 + t] * place[c * length + t];
y[i] = sum;`,
  },
  "fusion/gemm_multiply_leakyrelu": {
    count: "batch * features",
    code: `
const long row = i / features, column = i % features, inner = input;
${dot("x[row * input + k]", "linear1_weight[column * input + k]")}
const float v = 2 * (sum + linear1_bias[column]);
y[i] = v > 0 ? v : 0.1f * v;`,
  },
  "index/argmax_over_a_dimension": {
    count: "batch * width",
    code: `
global const float* column = x + i / width * length * width + i % width;
long best = 0;
for (long k = 1; k < length; k++)
  if (column[k * width] > column[best * width]) best = k;
y[i] = (int)best;`,
  },
  "index/gather": {
    count: "rows * count",
    code: "y[i] = x[i / count * length + index[i]];",
  },
  "loss/mse_loss": {
    code: `
local float parts[64];
float sum = 0;
for (long k = lane; k < batch * dim; k += 64) {
  const float d = predictions[k] - targets[k];
  sum += d * d;
}
parts[lane] = sum;
for (long half_ = 32; half_ > 0; half_ /= 2) {
  barrier(CLK_LOCAL_MEM_FENCE);
  if (lane < half_) parts[lane] += parts[lane + half_];
}
if (lane == 0) loss[0] = parts[0] / (batch * dim);`,
  },
  "math/cumsum": {
    count: "rows",
    code: `
float sum = 0;
for (long k = i * cols; k < (i + 1) * cols; k++) y[k] = sum += x[k];`,
  },
  "matmul/standard_matrix_multiplication": {
    count: "M * N",
    code: `
const long row = i / N, column = i % N, inner = K;
${dot("a[row * K + k]", "b[k * N + column]")}
c[i] = sum;`,
  },
  "matmul/matmul_with_transposed_b": {
    count: "M * N",
    code: `
const long row = i / N, column = i % N, inner = K;
${dot("a[row * K + k]", "b[column * K + k]")}
c[i] = sum;`,
  },
  "normalization/l2_norm": {
    count: "batch",
    code: `
float sum = 0;
for (long k = i * dim; k < (i + 1) * dim; k++) sum += x[k] * x[k];
const float size = sqrt(sum);
for (long k = i * dim; k < (i + 1) * dim; k++) y[k] = x[k] / size;`,
  },
  "normalization/rms_norm": {
    count: "batch * height * width",
    code: `
const long plane = height * width, first = i / plane * channels * plane + i % plane;
float sum = 0;
for (long c = 0; c < channels; c++) sum += x[first + c * plane] * x[first + c * plane];
const float size = sqrt(sum / channels + 1e-5f);
for (long c = 0; c < channels; c++) y[first + c * plane] = x[first + c * plane] / size;`,
  },
  "optimizer/sgd": {
    count: "rows * cols",
    code: "paramAfter[i] = param[i] - 0.01f * (0.9f * velocity[i] + grad[i]);",
  },
  "pooling/max_pooling_1d": {
    count: "batch * channels * (length + 1)",
    code: `
const long size = length + 1, at = i % size, end = min(length, at + 4);
global const float* row = x + i / size * length;
float most = row[end - 1];
for (long k = max(at - 4, 0L); k < end; k++) most = fmax(most, row[k]);
y[i] = most;`,
  },
  "reduce/sum_reduction_over_a_dimension": {
    count: "batch * width",
    code: `
global const float* column = x + i / width * length * width + i % width;
float sum = 0;
for (long k = 0; k < length; k++) sum += column[k * width];
y[i] = sum;`,
  },
  "resize/bilinear_upsample": {
    count: "batch * channels * 4 * height * width",
    code: `
const long row = i / (2 * width) % (2 * height), column = i % (2 * width);
const float v = fmax(0.0f, 0.5f * row - 0.25f), h = fmax(0.0f, 0.5f * column - 0.25f);
const long top = (long)v, left = (long)h, right = min(left + 1, width - 1);
global const float* image = x + i / (4 * height * width) * height * width;
global const float *r0 = image + top * width, *r1 = image + min(top + 1, height - 1) * width;
const float above = mix(r0[left], r0[right], h - left);
y[i] = mix(above, mix(r1[left], r1[right], h - left), v - top);`,
  },
};
