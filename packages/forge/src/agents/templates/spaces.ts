import { elementwiseSpace } from "./elementwise-space.ts";
import { matmulSpace } from "./matmul-space.ts";
import { reductionSpace } from "./reduction-space.ts";
import { softmaxSpace } from "./softmax-space.ts";
import type { TemplateSpace } from "./space.ts";
import { stencilSpace } from "./stencil-space.ts";
import { wgslProductSpace } from "./wgsl-product-space.ts";
import { wgslStencilSpace } from "./wgsl-stencil-space.ts";
import { wgslWindowSpace } from "./wgsl-window-space.ts";
import { type Window, windowSpace } from "./window-space.ts";

/** Products of matrices that are given transposed. */
const turned = [
  { task: "matmul/matmul_with_transposed_a", transposed: { a: true } },
  { task: "matmul/matmul_with_transposed_b", transposed: { b: true } },
  { task: "matmul/matmul_with_transposed_both", transposed: { a: true, b: true } },
];

/** Stencils on planes: convolutions of each channel with its own weights. */
const windows: readonly Window[] = [
  ["asymmetric_input_asymmetric", 3, 7],
  ["asymmetric_input_square", 3, 3],
  ["square_input_asymmetric", 3, 1],
  ["square_input_square", 3, 3],
].map(([name, rows, columns]) => ({
  task: `convolution/conv_depthwise_2d_${name}_kernel`,
  rows: Number(rows),
  columns: Number(columns),
}));

const byTask = (all: readonly TemplateSpace[]): Readonly<Record<string, TemplateSpace>> =>
  Object.fromEntries(all.map((space) => [space.task, space]));

/** The template spaces by task, in C++; what a task has no space for needs a model. */
export const spaces: Readonly<Record<string, TemplateSpace>> = {
  matmul: matmulSpace(),
  "hpc/gemm": matmulSpace({ task: "hpc/gemm" }),
  ...byTask(turned.map(matmulSpace)),
  "hpc/jacobi3d": stencilSpace,
  ...byTask(windows.map(windowSpace)),
  softmax: softmaxSpace,
  relu: elementwiseSpace({
    task: "relu",
    arrays: [0],
    scalar: "x0 > 0 ? x0 : 0",
    vector: "x0 > 0 ? x0 : v{}",
  }),
  "hpc/axpy": elementwiseSpace({
    task: "hpc/axpy",
    arrays: [1, 2],
    setUp: "const float a = ((const float*)in[0])[0];",
    scalar: "a * x0 + x1",
    vector: "a * x0 + x1",
  }),
  rowmean: reductionSpace({
    task: "rowmean",
    setUp: `  const long rows = dims[0], n = dims[1];
  const float* x = (const float*)in[0];
  float* y = (float*)out[0];`,
    scalar: "row[i]",
    vector: (at) => `load(row + ${at})`,
    finish: "(float)(s / n)",
  }),
  frobnorm: reductionSpace({
    task: "frobnorm",
    setUp: `  const long rows = 1, n = dims[0];
  const float* x = (const float*)in[0];
  float* y = (float*)out[0];`,
    scalar: "row[i] * row[i]",
    vector: (at) => `load(row + ${at}) * load(row + ${at})`,
    finish: "(float)sqrt((double)s)",
    doubles: true,
  }),
  "hpc/gemv": reductionSpace({
    task: "hpc/gemv",
    setUp: `  const long rows = dims[0], n = dims[1];
  const float *x = (const float*)in[0], *z = (const float*)in[1];
  float* y = (float*)out[0];`,
    scalar: "row[i] * z[i]",
    vector: (at) => `load(row + ${at}) * load(z + ${at})`,
    finish: "(float)s",
  }),
};

/** The template spaces by task, in WGSL. */
export const wgslSpaces: Readonly<Record<string, TemplateSpace>> = byTask([
  wgslProductSpace({ task: "matmul" }),
  wgslProductSpace({ task: "hpc/gemm" }),
  ...turned.map(wgslProductSpace),
  wgslStencilSpace,
  ...windows.map(wgslWindowSpace),
]);
