import {
  cholesky,
  eigSymmetric,
  logSumExpRows,
  type Matrix,
  matmul,
  matrix,
  matrixF32,
  Rng,
  solveTriangular,
  squaredDistances,
  syrk,
  ThreadPool,
} from "@daily-kernel/compute";
import { jaxMatmul, type NumpyPeer, startNumpy } from "./compute/peers.ts";
import { depthwiseRows } from "./depthwise.ts";
import {
  type Comparison,
  type Contender,
  local,
  notAvailable,
  type Result,
  sideBySide,
} from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";

export const about = "matrix products, factorisations, distances: jax-js, NumPy and SciPy";

const N = 1024;

/** Every row of the suite; jax-js is fed inside, since it can only be made asynchronously. */
async function comparisons(pool: ThreadPool, numpy: NumpyPeer | undefined): Promise<Comparison[]> {
  const rng = new Rng(1);
  const random = (rows: number, cols: number): Matrix =>
    matrix(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, () => rng.normal()),
    );
  const a = random(N, N);
  const b = random(N, N);
  const a32 = matrixF32(N, N, Float32Array.from(a.data));
  const b32 = matrixF32(N, N, Float32Array.from(b.data));
  const spd = syrk(a);
  for (let i = 0; i < N; i++) spd.data[i * (N + 1)]! += 1;
  const l = cholesky(spd);
  const half = matrix(
    N / 2,
    N / 2,
    spd.data.slice(0, N * N).filter((_, k) => k % N < N / 2 && k < (N * N) / 2),
  );
  const native: NumpyPeer["contender"][] = numpy ? [numpy.contender] : [];
  const natives = (...args: Parameters<NumpyPeer["contender"]>): Contender[] =>
    native.map((contender) => contender(...args));
  const gflop = (amount: number) => ({
    rate: { amount: amount / 1e9, unit: "GFLOP/s" },
    floor: `${(amount / 1e9).toPrecision(3)} GFLOP`,
  });
  const product = gflop(2 * N ** 3);
  const f32 = local("ours f32", () => matmul(a32, b32).data);
  const f64 = local("ours f64", () => matmul(a, b).data);
  const inputs32 = { a: ["a32", a32], b: ["b32", b32] } satisfies Parameters<
    NumpyPeer["contender"]
  >[2];
  const inputs = { a: ["a", a], b: ["b", b] } satisfies Parameters<NumpyPeer["contender"]>[2];
  const rows: Comparison[] = [
    {
      operation: "matmul f32 1024^3",
      ...product,
      ours: f32,
      peers: [await jaxMatmul(a32, b32), ...natives("matmul", 1, inputs32)],
      tolerance: 1e-5,
    },
    {
      operation: "matmul f32 1024^3, 2 threads",
      ...product,
      ours: local("ours", async () => (await matmul(a32, b32, { pool })).data),
      peers: [{ ...f32, name: "ours, 1 thread" }, ...natives("matmul", 2, inputs32)],
      tolerance: 1e-5,
    },
    {
      operation: "matmul f64 1024^3",
      ...product,
      ours: f64,
      peers: [f32, ...natives("matmul", 1, inputs)],
      tolerance: 1e-13,
      unlike: ["ours f32"],
    },
    {
      operation: "matmul f64 1024^3, 2 threads",
      ...product,
      ours: local("ours", async () => (await matmul(a, b, { pool })).data),
      peers: [{ ...f64, name: "ours, 1 thread" }, ...natives("matmul", 2, inputs)],
      tolerance: 1e-13,
    },
    {
      operation: "syrk f64 1024",
      ...gflop(N ** 3),
      ours: local("ours", () => syrk(a).data),
      peers: natives("syrk", 1, { a: ["a", a] }),
      tolerance: 1e-13,
    },
    {
      operation: "cholesky f64 1024",
      ...gflop(N ** 3 / 3),
      ours: local("ours", () => cholesky(spd).data),
      peers: natives("cholesky", 1, { a: ["spd", spd] }),
      tolerance: 1e-11,
    },
    {
      operation: "cholesky f64 1024, 2 threads",
      ...gflop(N ** 3 / 3),
      ours: local("ours", async () => (await cholesky(spd, { pool })).data),
      peers: natives("cholesky", 2, { a: ["spd", spd] }),
      tolerance: 1e-11,
    },
    {
      operation: "solveTriangular f64 1024 x 1024",
      ...gflop(N ** 3),
      ours: local("ours", () => solveTriangular(l, b).data),
      peers: natives("solveTriangular", 1, { a: ["l", l], b: ["b", b] }),
      tolerance: 1e-9,
    },
    {
      operation: "eigSymmetric f64 512",
      floor: "about 1.2 GFLOP",
      ours: local("ours", () => eigSymmetric(half).values),
      peers: natives("eigenvalues", 1, { a: ["half", half] }),
      tolerance: 1e-13,
    },
  ];
  for (const d of [64, 256]) {
    const x = random(2000, d);
    const y = random(2000, d);
    const points = { a: [`x${d}`, x], b: [`y${d}`, y] } satisfies Parameters<
      NumpyPeer["contender"]
    >[2];
    rows.push({
      operation: `squaredDistances 2000 x 2000, d = ${d}`,
      ...gflop(2 * 2000 ** 2 * d),
      ours: local("ours", () => squaredDistances(x, y).data),
      peers: [
        local("our matmul", () => matmul(x, y, { transposeB: true }).data),
        ...natives("squaredDistances", 1, points),
      ],
      tolerance: 1e-12,
      unlike: ["our matmul"],
    });
  }
  rows.push({
    operation: "logSumExpRows 1024 x 1024",
    floor: "1.05 M exp, 8.4 MB",
    rate: { amount: (N * N) / 1e6, unit: "M/s" },
    ours: local("ours", () => logSumExpRows(a)),
    peers: natives("logSumExp", 1, { a: ["a", a] }),
    tolerance: 1e-14,
  });
  return rows;
}

/** Prints the table; one row of ours for every peer. */
export async function run(): Promise<void> {
  const numpy = startNumpy();
  const available = "missing" in numpy ? undefined : numpy;
  const results: Result[] = [];
  await using pool = await ThreadPool.create({ threads: 2 });
  try {
    for (const comparison of await comparisons(pool, available)) {
      process.stderr.write(`${comparison.operation}\n`);
      results.push(...(await sideBySide(comparison)));
    }
  } finally {
    await available?.close();
  }
  if ("missing" in numpy) results.push(notAvailable("all", "NumPy and SciPy", numpy.missing));
  printTable(results);
  console.log("");
  printTable(await depthwiseRows(pool));
}
