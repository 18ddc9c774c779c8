import type { GoldKernels } from "./gold.ts";
import { wgslKernels } from "./wgsl.ts";

const head = `// Arguments by number, sizes by number, elements by index.
function tensor(list: usize, k: usize): usize { return load<u32>(list + (k << 2)); }
function size(dims: usize, d: usize): usize { return <usize>load<i64>(dims + (d << 3)); }
function f(p: usize, i: usize): f32 { return load<f32>(p + (i << 2)); }
function n(p: usize, i: usize): usize { return <usize>load<i32>(p + (i << 2)); }
function put(p: usize, i: usize, value: f32): void { store<f32>(p + (i << 2), value); }
`;

const entry = (names: readonly string[], text: string): string =>
  `${head}export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
${names.map((name, k) => `  const ${name} = tensor(inputs, ${k});`).join("\n")}
  const out = tensor(outputs, 0);
${text}  return 0;
}
`;

const sources = {
  axpy: entry(
    ["alpha", "x", "y"],
    `  const count = size(dims, 0);
  for (let i: usize = 0; i < count; i++) put(out, i, f(alpha, 0) * f(x, i) + f(y, i));
`,
  ),
  gemv: entry(
    ["A", "x"],
    `  const M = size(dims, 0), N = size(dims, 1);
  for (let i: usize = 0; i < M; i++) {
    let s: f32 = 0;
    for (let j: usize = 0; j < N; j++) s += f(A, i * N + j) * f(x, j);
    put(out, i, s);
  }
`,
  ),
  gemm: entry(
    ["A", "B"],
    `  const M = size(dims, 0), N = size(dims, 1), K = size(dims, 2);
  for (let i: usize = 0; i < M; i++) {
    for (let j: usize = 0; j < N; j++) {
      let s: f32 = 0;
      for (let k: usize = 0; k < K; k++) s += f(A, i * K + k) * f(B, k * N + j);
      put(out, i * N + j, s);
    }
  }
`,
  ),
  spmv: entry(
    ["rowPtr", "colIdx", "values", "x"],
    `  const rows = size(dims, 0);
  for (let i: usize = 0; i < rows; i++) {
    let s: f32 = 0;
    for (let k = n(rowPtr, i); k < n(rowPtr, i + 1); k++) s += f(values, k) * f(x, n(colIdx, k));
    put(out, i, s);
  }
`,
  ),
  jacobi3d: `${entry(
    ["u"],
    `  nx = size(dims, 0);
  ny = size(dims, 1);
  nz = size(dims, 2);
  for (let at: usize = 0; at < nx * ny * nz; at++) put(out, at, after(u, at, 3));
`,
  )}let nx: usize = 0;
let ny: usize = 0;
let nz: usize = 0;
/** The value at a point after some sweeps. */
function after(u: usize, at: usize, sweeps: i32): f32 {
  const i = at / (ny * nz), j = at / nz % ny, k = at % nz;
  if (sweeps == 0 || i == 0 || j == 0 || k == 0 || i + 1 == nx || j + 1 == ny || k + 1 == nz)
    return f(u, at);
  const s = sweeps - 1;
  return (after(u, at - ny * nz, s) + after(u, at + ny * nz, s) + after(u, at - nz, s) +
          after(u, at + nz, s) + after(u, at - 1, s) + after(u, at + 1, s)) / 6;
}
`,
  cg: `let room: usize = 0;
let roomSize: usize = 0;
${entry(
  ["rowPtr", "colIdx", "values", "b", "tolerance"],
  `  const count = size(dims, 0);
  if (roomSize < 12 * count) {
    room = heap.alloc(12 * count);
    roomSize = 12 * count;
  }
  const r = room, p = room + 4 * count, q = p + 4 * count;
  let rr: f32 = 0;
  for (let i: usize = 0; i < count; i++) {
    put(out, i, 0);
    put(r, i, f(b, i));
    put(p, i, f(b, i));
    rr += f(b, i) * f(b, i);
  }
  const enough = f(tolerance, 0) * f(tolerance, 0) * rr;
  for (let step: usize = 0; step < 20 * count && rr > enough; step++) {
    let pq: f32 = 0;
    for (let i: usize = 0; i < count; i++) {
      let s: f32 = 0;
      for (let k = n(rowPtr, i); k < n(rowPtr, i + 1); k++) s += f(values, k) * f(p, n(colIdx, k));
      put(q, i, s);
      pq += f(p, i) * s;
    }
    if (!(pq > 0)) return 1;
    const alpha = rr / pq;
    let next: f32 = 0;
    for (let i: usize = 0; i < count; i++) {
      put(out, i, f(out, i) + alpha * f(p, i));
      put(r, i, f(r, i) - alpha * f(q, i));
      next += f(r, i) * f(r, i);
    }
    for (let i: usize = 0; i < count; i++) put(p, i, f(r, i) + next / rr * f(p, i));
    rr = next;
  }
`,
)}`,
} as const;

/** The six kernels in AssemblyScript; the wrong model is WGSL. */
export const wasmKernels: GoldKernels = {
  axpy: {
    source: sources.axpy,
    wrongIndex: [["f(y, i)", "f(y, count - 1 - i)"]],
    wrongReduction: [["i < count", "i < count - count % 4"]],
    wrongModel: wgslKernels.axpy.source,
  },
  gemv: {
    source: sources.gemv,
    wrongIndex: [["f(A, i * N + j)", "f(A, j * M + i)"]],
    wrongReduction: [
      ["    let s: f32 = 0;\n", ""],
      ["  const M =", "  let s: f32 = 0;\n  const M ="],
    ],
    wrongModel: wgslKernels.gemv.source,
  },
  gemm: {
    source: sources.gemm,
    wrongIndex: [["f(B, k * N + j)", "f(B, j * K + k)"]],
    wrongReduction: [
      ["      let s: f32 = 0;\n", ""],
      ["  const M =", "  let s: f32 = 0;\n  const M ="],
    ],
    wrongModel: wgslKernels.gemm.source,
  },
  spmv: {
    source: sources.spmv,
    wrongIndex: [["f(x, n(colIdx, k))", "f(x, max(n(colIdx, k), 1) - 1)"]],
    wrongReduction: [
      ["    let s: f32 = 0;\n", ""],
      ["  const rows =", "  let s: f32 = 0;\n  const rows ="],
    ],
    wrongModel: wgslKernels.spmv.source,
  },
  jacobi3d: {
    source: sources.jacobi3d,
    wrongIndex: [
      ["at - nz, s", "at - ny, s"],
      ["at + nz, s", "at + ny, s"],
    ],
    // A sweep over what the same sweep has changed already.
    wrongReduction: [
      [
        "put(out, at, after(u, at, 3));",
        "put(out, at, f(u, at));\n  for (let at: usize = 0; at < nx * ny * nz; at++) put(out, at, after(out, at, 3));",
      ],
    ],
    wrongModel: wgslKernels.jacobi3d.source,
  },
  cg: {
    source: sources.cg,
    wrongIndex: [["f(p, n(colIdx, k))", "f(p, max(n(colIdx, k), 1) - 1)"]],
    wrongReduction: [["next += f(r, i) * f(r, i)", "next = f(r, i) * f(r, i)"]],
    wrongModel: wgslKernels.cg.source,
  },
};
