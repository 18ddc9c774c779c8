import { type Bodies, type Frame, indented } from "./frame.ts";

/** e^x without branches, so that loops over it become vectors; right to 2e-7 from e^-87 to e^88. */
const exponential = `
static inline float exponential(float x) {
  x = x < -87 ? -87 : x > 88 ? 88 : x;
  // Adding 1.5 * 2^23 rounds to a whole number.
  const float n = x * 1.44269504f + 12582912.0f - 12582912.0f;
  const float r = x - n * 0.693359375f + n * 2.12194440e-4f;
  float p = 1.0f / 720;
  for (float c : {1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f}) p = p * r + c;
  return p * std::bit_cast<float>(((int)n + 127) << 23);
}
`;

/** c [rows, cols] = a [rows, inner] b [inner, cols]: four rows and 256 columns at a time. */
const product = `
static void product(long long rows, long long inner, long long cols, const float* a, const float* b, float* c) {
  #pragma omp parallel for
  for (long long i = 0; i < rows; i += 4)
    for (long long from = 0; from < cols; from += 256) {
      const int n = std::min(256LL, cols - from), m = std::min(4LL, rows - i);
      float s0[256] = {}, s1[256] = {}, s2[256] = {}, s3[256] = {};
      for (long long k = 0; k < inner; k++) {
        const float* row = b + k * cols + from;
        float v[4] = {};
        for (int r = 0; r < m; r++) v[r] = a[(i + r) * inner + k];
        #pragma omp simd
        for (int j = 0; j < n; j++) s0[j] += v[0] * row[j], s1[j] += v[1] * row[j], s2[j] += v[2] * row[j], s3[j] += v[3] * row[j];
      }
      const float* sums[4] = {s0, s1, s2, s3};
      for (int r = 0; r < m; r++) std::copy_n(sums[r], n, c + (i + r) * cols + from);
    }
}
`;

/** [rows, cols] as [cols, rows], so that the innermost loop of a product runs along memory. */
const turned = `
static std::vector<float> turned(const float* x, long long rows, long long cols) {
  std::vector<float> y(rows * cols);
  #pragma omp parallel for
  for (long long j = 0; j < cols; j++)
    for (long long i = 0; i < rows; i++) y[j * rows + i] = x[i * cols + j];
  return y;
}
`;

const helpers = { "exponential(": exponential, "product(": product, "turned(": turned };

/** One source for two back ends: without `-fopenmp` the pragmas say nothing. */
export const frame: Frame = ({ inputs, outputs, dims }, body) => ({
  source: `#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>
${Object.entries(helpers)
  .flatMap(([call, text]) => (body.includes(call) ? [text] : []))
  .join("")}
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  ${[
    ...inputs.map(({ name, integer }, i) => {
      const type = integer ? "int" : "float";
      return `const ${type}* ${name} = (const ${type}*)in[${i}];`;
    }),
    ...outputs.map(({ name, integer }, i) => {
      const type = integer ? "int" : "float";
      return `${type}* ${name} = (${type}*)out[${i}];`;
    }),
    `const long long ${dims.map((name, i) => `${name} = dims[${i}]`).join(", ")};`,
  ].join("\n  ")}
  ${indented(body)}
  return 0;
}
`,
});

const elements = (count: string, statement: string) => `
const long long n = ${count};
#pragma omp parallel for simd
for (long long i = 0; i < n; i++) ${statement}`;

export const bodies: Bodies = {
  "activation/relu": elements("batch * dim", "y[i] = x[i] > 0 ? x[i] : 0;"),
  // The error function by Abramowitz and Stegun 7.1.26: 1.5e-7 at most.
  "activation/gelu": elements(
    "batch * dim",
    `{
  const float v = x[i] * 0.70710678f, t = 1 / (1 + 0.3275911f * std::fabs(v));
  float p = 1.061405429f;
  for (float c : {-1.453152027f, 1.421413741f, -0.284496736f, 0.254829592f, 0.0f}) p = p * t + c;
  y[i] = 0.5f * x[i] * (1 + std::copysign(1 - p * exponential(-v * v), v));
}`,
  ),
  "activation/softmax": `
#pragma omp parallel for
for (long long b = 0; b < batch; b++) {
  const float* row = x + b * dim;
  float* to = y + b * dim;
  float most = row[0], sum = 0;
  for (long long j = 1; j < dim; j++) most = std::max(most, row[j]);
  for (long long j = 0; j < dim; j++) to[j] = exponential(row[j] - most);
  for (long long j = 0; j < dim; j++) sum += to[j];
  for (long long j = 0; j < dim; j++) to[j] /= sum;
}`,
  "broadcast/elmentwise_mul_broadcast": `
#pragma omp parallel for collapse(2)
for (long long i = 0; i < first; i++)
  for (long long j = 0; j < second; j++)
    for (long long k = 0; k < width; k++)
      y[(i * second + j) * width + k] = a[i * width + k] * b[j * width + k];`,
  "broadcast/add_bias_four_dim_broadcast": `
const long long plane = height * width;
#pragma omp parallel for
for (long long p = 0; p < batch * channels; p++) {
  const float shift = bias[p % channels];
  for (long long i = p * plane; i < (p + 1) * plane; i++) y[i] = x[i] + shift;
}`,
  "convolution/conv_pointwise_2d": `
const long long plane = height * width;
for (long long n = 0; n < batch; n++)
  product(outputs, inputs, plane, weight, x + n * inputs * plane, y + n * outputs * plane);`,
  "convolution/conv_standard_1d": `
const long long size = length - 2;
#pragma omp parallel for collapse(2)
for (long long n = 0; n < batch; n++)
  for (long long o = 0; o < outputs; o++) {
    float* to = y + (n * outputs + o) * size;
    std::fill_n(to, size, 0.0f);
    for (long long c = 0; c < inputs; c++) {
      const float* w = weight + (o * inputs + c) * 3;
      const float* from = x + (n * inputs + c) * length;
      for (long long i = 0; i < size; i++)
        to[i] += w[0] * from[i] + w[1] * from[i + 1] + w[2] * from[i + 2];
    }
  }`,
  "fusion/gemm_multiply_leakyrelu": `
product(batch, input, features, x, turned(linear1_weight, features, input).data(), y);
#pragma omp parallel for
for (long long i = 0; i < batch; i++)
  for (long long j = 0; j < features; j++) {
    const float v = 2 * (y[i * features + j] + linear1_bias[j]);
    y[i * features + j] = v > 0 ? v : 0.1f * v;
  }`,
  "index/argmax_over_a_dimension": `
#pragma omp parallel for
for (long long b = 0; b < batch; b++) {
  std::vector<float> best(x + b * length * width, x + (b * length + 1) * width);
  std::fill_n(y + b * width, width, 0);
  for (long long i = 1; i < length; i++) {
    const float* row = x + (b * length + i) * width;
    for (long long j = 0; j < width; j++)
      if (row[j] > best[j]) best[j] = row[j], y[b * width + j] = (int)i;
  }
}`,
  "index/gather": `
#pragma omp parallel for
for (long long r = 0; r < rows; r++)
  for (long long k = 0; k < count; k++) y[r * count + k] = x[r * length + index[r * count + k]];`,
  "loss/mse_loss": `
const long long n = batch * dim;
double sum = 0;
#pragma omp parallel for simd reduction(+ : sum)
for (long long i = 0; i < n; i++) {
  const double d = predictions[i] - targets[i];
  sum += d * d;
}
loss[0] = (float)(sum / n);`,
  "math/cumsum": `
#pragma omp parallel for
for (long long r = 0; r < rows; r++) {
  float sum = 0;
  for (long long c = 0; c < cols; c++) y[r * cols + c] = sum += x[r * cols + c];
}`,
  "matmul/standard_matrix_multiplication": "product(M, K, N, a, b, c);",
  "matmul/matmul_with_transposed_b": "product(M, K, N, a, turned(b, N, K).data(), c);",
  "normalization/l2_norm": `
#pragma omp parallel for
for (long long r = 0; r < batch; r++) {
  const float* row = x + r * dim;
  float sum = 0;
  #pragma omp simd reduction(+ : sum)
  for (long long j = 0; j < dim; j++) sum += row[j] * row[j];
  const float size = std::sqrt(sum);
  for (long long j = 0; j < dim; j++) y[r * dim + j] = row[j] / size;
}`,
  "normalization/rms_norm": `
const long long plane = height * width;
#pragma omp parallel for
for (long long n = 0; n < batch; n++) {
  const float* from = x + n * channels * plane;
  std::vector<float> sums(plane, 0.0f);
  for (long long c = 0; c < channels; c++)
    for (long long i = 0; i < plane; i++) sums[i] += from[c * plane + i] * from[c * plane + i];
  for (float& s : sums) s = std::sqrt(s / channels + 1e-5f);
  for (long long c = 0; c < channels; c++)
    for (long long i = 0; i < plane; i++)
      y[(n * channels + c) * plane + i] = from[c * plane + i] / sums[i];
}`,
  "optimizer/sgd": elements(
    "rows * cols",
    "paramAfter[i] = param[i] - 0.01f * (0.9f * velocity[i] + grad[i]);",
  ),
  "pooling/max_pooling_1d": `
const long long size = length + 1;
#pragma omp parallel for
for (long long p = 0; p < batch * channels; p++) {
  const float* row = x + p * length;
  float* to = y + p * size;
  std::fill_n(to, size, -INFINITY);
  for (long long t = -4; t < 4; t++) {
    const long long end = std::min(size, length - t);
    for (long long i = std::max(0LL, -t); i < end; i++) to[i] = std::max(to[i], row[i + t]);
  }
}`,
  "reduce/sum_reduction_over_a_dimension": `
#pragma omp parallel for
for (long long b = 0; b < batch; b++) {
  float* to = y + b * width;
  std::fill_n(to, width, 0.0f);
  for (long long i = 0; i < length; i++)
    for (long long j = 0; j < width; j++) to[j] += x[(b * length + i) * width + j];
}`,
  "resize/bilinear_upsample": `
#pragma omp parallel for
for (long long p = 0; p < batch * channels; p++)
  for (long long i = 0; i < 2 * height; i++) {
    const float v = std::max(0.0f, 0.5f * i - 0.25f);
    const long long top = (long long)v, below = std::min(top + 1, height - 1);
    const float fv = v - top;
    const float *r0 = x + (p * height + top) * width, *r1 = x + (p * height + below) * width;
    for (long long j = 0; j < 2 * width; j++) {
      const float h = std::max(0.0f, 0.5f * j - 0.25f);
      const long long left = (long long)h, right = std::min(left + 1, width - 1);
      const float fh = h - left;
      y[(p * 2 * height + i) * 2 * width + j] =
          (1 - fv) * ((1 - fh) * r0[left] + fh * r0[right]) + fv * ((1 - fh) * r1[left] + fh * r1[right]);
    }
  }`,
};
