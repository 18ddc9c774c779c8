import type { Grid } from "../../session/backend.ts";
import type { GoldKernels } from "./gold.ts";
import { openclKernels } from "./opencl.ts";

const element: Grid = { per: "element", size: 64 };

/** Bindings in order: inputs, the output, the sizes. */
const bindings = (inputs: readonly string[], output: string): string =>
  [
    ...inputs.map((text, at) => {
      const [name, kind = "f32"] = text.split(":");
      return `@group(0) @binding(${at}) var<storage, read> ${name}: array<${kind}>;`;
    }),
    `@group(0) @binding(${inputs.length}) var<storage, read_write> ${output}: array<f32>;`,
    `@group(0) @binding(${inputs.length + 1}) var<uniform> dims: vec4<u32>;`,
    "",
  ].join("\n");

const main = `@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = id.x;
`;

const sparse = ["rowPtr:i32", "colIdx:i32", "values"];

const sources = {
  axpy: `${bindings(["alpha", "x", "y"], "z")}${main}  if (i < dims.x) { z[i] = alpha[0] * x[i] + y[i]; }
}
`,
  gemv: `${bindings(["A", "x"], "y")}${main}  if (i >= dims.x) { return; }
  var s = 0.0;
  for (var j = 0u; j < dims.y; j++) { s += A[i * dims.y + j] * x[j]; }
  y[i] = s;
}
`,
  gemm: `${bindings(["A", "B"], "C")}${main}  if (i >= dims.x * dims.y) { return; }
  let row = i / dims.y;
  let col = i % dims.y;
  var s = 0.0;
  for (var k = 0u; k < dims.z; k++) { s += A[row * dims.z + k] * B[k * dims.y + col]; }
  C[row * dims.y + col] = s;
}
`,
  spmv: `${bindings([...sparse, "x"], "y")}${main}  if (i >= dims.x) { return; }
  var s = 0.0;
  for (var k = rowPtr[i]; k < rowPtr[i + 1]; k++) { s += values[k] * x[colIdx[k]]; }
  y[i] = s;
}
`,
  jacobi3d: `${bindings(["u"], "v")}fn inside(at: u32) -> bool {
  let i = at / (dims.y * dims.z);
  let j = at / dims.z % dims.y;
  let k = at % dims.z;
  return i > 0 && j > 0 && k > 0 && i + 1 < dims.x && j + 1 < dims.y && k + 1 < dims.z;
}
${[
  ["once", "start"],
  ["twice", "once"],
  ["thrice", "twice"],
]
  .map(
    ([name, before]) => `fn ${name}(at: u32) -> f32 {
  if (!inside(at)) { return u[at]; }
  return (${before}(at - dims.y * dims.z) + ${before}(at + dims.y * dims.z) + ${before}(at - dims.z) +
          ${before}(at + dims.z) + ${before}(at - 1) + ${before}(at + 1)) / 6;
}
`,
  )
  .join("")}fn start(at: u32) -> f32 { return u[at]; }
${main}  if (i < dims.x * dims.y * dims.z) { v[i] = thrice(i); }
}
`,
  cg: `${bindings([...sparse, "b", "tolerance"], "x")}// One workgroup, and at most 1024 unknowns: what its memory holds.
const T = 64u;
var<workgroup> p: array<f32, 1024>;
var<workgroup> r: array<f32, 1024>;
var<workgroup> parts: array<f32, 64>;
var<workgroup> sum: f32;
fn total(value: f32, me: u32) -> f32 {
  parts[me] = value;
  workgroupBarrier();
  if (me == 0) {
    sum = 0;
    for (var t = 0u; t < T; t++) { sum += parts[t]; }
  }
  return workgroupUniformLoad(&sum);
}
fn row(i: u32) -> f32 {
  var s = 0.0;
  for (var k = rowPtr[i]; k < rowPtr[i + 1]; k++) { s += values[k] * p[colIdx[k]]; }
  return s;
}
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) me: u32) {
  let n = dims.x;
  var own = 0.0;
  for (var i = me; i < n; i += T) {
    x[i] = 0;
    p[i] = b[i];
    r[i] = b[i];
    own += b[i] * b[i];
  }
  var rr = total(own, me);
  let enough = tolerance[0] * tolerance[0] * rr;
  for (var step = 0u; step < 20 * n; step++) {
    if (rr <= enough) { break; }
    own = 0;
    for (var i = me; i < n; i += T) { own += p[i] * row(i); }
    let alpha = rr / total(own, me);
    own = 0;
    for (var i = me; i < n; i += T) {
      x[i] += alpha * p[i];
      r[i] -= alpha * row(i);
      own += r[i] * r[i];
    }
    let next = total(own, me);
    for (var i = me; i < n; i += T) { p[i] = r[i] + next / rr * p[i]; }
    rr = next;
    workgroupBarrier();
  }
}
`,
} as const;

/** The six kernels in WGSL; the wrong model is OpenCL. */
export const wgslKernels: GoldKernels = {
  axpy: {
    source: sources.axpy,
    grid: element,
    wrongIndex: [["y[i];", "y[dims.x - 1 - i];"]],
    wrongReduction: [["i < dims.x", "i < dims.x - dims.x % 4"]],
    wrongModel: openclKernels.axpy.source,
  },
  gemv: {
    source: sources.gemv,
    grid: element,
    wrongIndex: [["A[i * dims.y + j]", "A[j * dims.x + i]"]],
    wrongReduction: [["y[i] = s;", "y[i / 2] = s;"]],
    wrongModel: openclKernels.gemv.source,
  },
  gemm: {
    source: sources.gemm,
    grid: element,
    wrongIndex: [["B[k * dims.y + col]", "B[col * dims.z + k]"]],
    wrongReduction: [["C[row * dims.y + col] = s;", "C[row / 2 * dims.y + col] = s;"]],
    wrongModel: openclKernels.gemm.source,
  },
  spmv: {
    source: sources.spmv,
    grid: element,
    wrongIndex: [["x[colIdx[k]]", "x[max(colIdx[k] - 1, 0)]"]],
    wrongReduction: [["y[i] = s;", "y[i / 2] = s;"]],
    wrongModel: openclKernels.spmv.source,
  },
  jacobi3d: {
    source: sources.jacobi3d,
    grid: element,
    wrongIndex: [
      ["(at - dims.z)", "(at - dims.y)"],
      ["(at + dims.z)", "(at + dims.y)"],
    ],
    wrongReduction: [
      ["fn start(at: u32) -> f32 { return u[at]; }", "fn start(at: u32) -> f32 { return v[at]; }"],
      ["v[i] = thrice(i);", "v[i] = u[i]; v[i] = thrice(i);"],
    ],
    wrongModel: openclKernels.jacobi3d.source,
  },
  cg: {
    source: sources.cg,
    grid: { per: "one", size: 64 },
    most: 1024,
    wrongIndex: [["p[colIdx[k]]", "p[max(colIdx[k] - 1, 0)]"]],
    wrongReduction: [["t < T; t++", "t < T / 2; t++"]],
    wrongModel: openclKernels.cg.source,
  },
};
