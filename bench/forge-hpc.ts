import { readFileSync } from "node:fs";
import { Rng } from "@daily-kernel/compute";
import {
  type Backend,
  type Csr,
  defaultLimits,
  type HpcKernel,
  hpcGallery,
  hpcTasks,
  type KernelTensor,
  laplacian7,
  zeros,
} from "@daily-kernel/forge";
import { backendById } from "@daily-kernel/forge/node";
import { PythonPeer } from "./peers/python-peer.ts";
import { type Contender, notAvailable, type Result, sideBySide } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about =
  "the hand-written OpenMP kernels of the gold set beside NumPy (OpenBLAS) and SciPy, two threads, float32";

const THREADS = 2;
const limits = { ...defaultLimits, callTimeout: 120_000, memory: 6 * 2 ** 30 };

interface Problem {
  readonly kernel: HpcKernel;
  readonly operation: string;
  readonly dims: readonly number[];
  readonly inputs: readonly KernelTensor[];
  /** The shape that the peer gives its matrix or grid. */
  readonly shape: readonly number[];
  /** Work, in its unit. */
  readonly rate?: { readonly amount: number; readonly unit: string };
  readonly tolerance: number;
}

const float = (data: Float32Array<ArrayBuffer>): KernelTensor => ({
  dtype: "float32",
  shape: [data.length],
  data,
});
const int = (data: Int32Array<ArrayBuffer>): KernelTensor => ({
  dtype: "int32",
  shape: [data.length],
  data,
});
const sparse = ({ rowPtr, colIdx, values }: Csr) => [
  int(rowPtr),
  int(colIdx),
  float(Float32Array.from(values)),
];

/** Memory that must move at least, and the operations. */
function problems(): Problem[] {
  const drawn = (
    kernel: HpcKernel,
    dims: readonly number[],
    shape: readonly number[],
    by: "GB/s" | "GFLOP/s",
  ): Problem => {
    const task = hpcTasks[kernel];
    const amount = (by === "GB/s" ? task.bytes(dims) : task.flops(dims)) / 1e9;
    const inputs = task.draw(dims, "normal", new Rng(1, kernel));
    const operation = `${kernel} ${dims.join(" x ")}`;
    return { kernel, operation, dims, inputs, shape, rate: { amount, unit: by }, tolerance: 1e-4 };
  };
  const grid = laplacian7(100, 100, 100);
  const [n, nnz] = [grid.rows, grid.values.length];
  const b = new Rng(1, "b").fillUniform(new Float32Array(n));
  const large = sparse(grid);
  const product = { bytes: 8 * nnz + 4 * (3 * n + 1) };
  return [
    drawn("axpy", [1 << 24], [], "GB/s"),
    drawn("gemv", [4096, 4096], [4096, 4096], "GB/s"),
    drawn("gemm", [1024, 1024, 1024], [1024, 1024], "GFLOP/s"),
    {
      kernel: "spmv",
      operation: "spmv, 7-point Laplacian of 100^3",
      dims: [n, n, nnz],
      inputs: [...large, float(b)],
      shape: [n, n],
      rate: { amount: product.bytes / 1e9, unit: "GB/s" },
      tolerance: 1e-5,
    },
    drawn("jacobi3d", [200, 200, 200], [200, 200, 200], "GB/s"),
    {
      kernel: "cg",
      operation: "cg to 1e-4, 7-point Laplacian of 100^3",
      dims: [n, nnz],
      inputs: [...large, float(b), float(Float32Array.of(1e-4))],
      shape: [n, n],
      tolerance: 0.02,
    },
  ];
}

const names: Record<HpcKernel, readonly string[]> = {
  axpy: ["alpha", "x", "y"],
  gemv: ["A", "x"],
  gemm: ["A", "B"],
  spmv: ["rowPtr", "colIdx", "values", "x"],
  jacobi3d: ["u"],
  cg: ["rowPtr", "colIdx", "values", "b", "tolerance"],
};

/** Our kernel in a process of its own. */
async function ours(backend: Backend, { kernel, dims, inputs }: Problem) {
  const gold = hpcGallery.find(({ name }) => name === "openmp")!.kernels[kernel];
  // Sums in vectors, as the libraries add: the judge's bounds leave room for any order.
  const flags = ["-fopenmp", "-ffast-math"];
  const artifact = await backend.compile({ source: gold.source, flags }, { limits });
  const session = await backend.open(artifact, { limits, threads: THREADS });
  const outputs = hpcTasks[kernel].outputs(dims);
  const poison = outputs.map(zeros);
  const contender: Contender = {
    name: "ours",
    async run() {
      const result = await session.call({ inputs, dims, outputs, poison, slot: 0, timed: 1 });
      return { seconds: result.ns[0]! / 1e9, result: result.outputs[0]!.data };
    },
  };
  return { contender, close: () => session.close() };
}

export async function run(): Promise<void> {
  const backend = backendById("openmp");
  const probe = await backend.probe();
  if (!probe.available) throw new Error(`OpenMP is not available: ${probe.reason}`);
  const venv = ensureVenv(["numpy", "scipy"]);
  const script = readFileSync(new URL("forge-hpc/scipy.py", import.meta.url), "utf8");
  const rows: Result[] = [];
  for (const problem of problems()) {
    const { kernel, operation, inputs, shape, rate, tolerance, dims } = problem;
    if ("missing" in venv) {
      rows.push(notAvailable(operation, "SciPy", venv.missing));
      continue;
    }
    const peer = new PythonPeer(venv.python, script);
    inputs.forEach(({ data }, i) => {
      peer.give(names[kernel][i]!, data);
    });
    const mine = await ours(backend, problem);
    const task = hpcTasks[kernel];
    const floor = `${(task.bytes(dims) / 1e6).toPrecision(3)} MB, ${(task.flops(dims) / 1e6).toPrecision(3)} MFLOP`;
    const scipy: Contender = {
      name: kernel === "spmv" || kernel === "cg" ? "SciPy" : "NumPy",
      run: (keep) => peer.ask({ op: kernel, shape, keep }),
    };
    const peers = [scipy];
    if (kernel === "axpy") {
      const n = dims[0]!;
      peers.push({ name: "numpy.add alone", run: (keep) => peer.ask({ op: "triad", n, keep }) });
    }
    const comparison = { operation, floor, tolerance, ours: mine.contender, peers };
    const unlike = ["numpy.add alone"];
    const rounds = kernel === "cg" ? 3 : 7;
    rows.push(...(await sideBySide({ ...comparison, unlike, ...(rate && { rate }) }, rounds)));
    await mine.close();
    await peer.close();
  }
  printTable(rows);
}
