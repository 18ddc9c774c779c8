import { matrix } from "@daily-kernel/compute";
import { DigitalShiftInvariantKernel, FastGaussianProcess, FastGram } from "@daily-kernel/kernels";
import { Sobol } from "@daily-kernel/qmc";
import { ours, type Peers, type Row, remote, scaled } from "./rows.ts";

const D = 3;
const NOISE = 1e-4;
/** Rows of the dense matrix that are made; the whole of it would be 34 GB for 2^16 points. */
const ROWS = 256;

function example(n: number) {
  const x = matrix(n, D, new Sobol({ dimension: D, seed: 1 }).points({ nMax: n }).data);
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c] = x.data.subarray(D * i, D * i + D) as unknown as [number, number, number];
    return Math.exp(a) * Math.sin(3 * b) + c * c;
  });
  const kernel = new DigitalShiftInvariantKernel({ dimension: D, alpha: 2, lengthscales: 0.5 });
  return { x, y, kernel };
}

/** Products with Gram matrices of a net, and a Gaussian process on it, in O(n log n). */
export function* gramRows({ qmcpy }: Peers): Generator<Row> {
  for (const m of [12, 16]) {
    const n = 2 ** m;
    const { x, y, kernel } = example(n);
    const gram = new FastGram(kernel, x);
    const top = matrix(ROWS, D, x.data.slice(0, ROWS * D));
    const dense = kernel.gram(top, x);
    qmcpy?.give("eigenvalues", gram.eigenvalues.re);
    qmcpy?.give("gram", dense.data);
    qmcpy?.give("y", y);
    const request = { n, rows: ROWS, eigenvalues: "eigenvalues", gram: "gram", y: "y" };
    const parts = n / ROWS;
    const name = (peer: string) => `${peer}, ${parts} times ${ROWS} rows`;
    yield {
      operation: `FastGram.matvec, d = ${D}, n = 2^${m}`,
      floor: `${((2 * m * n) / 1e6).toPrecision(2)} MFLOP; dense ${((2 * n * n) / 1e9).toPrecision(2)} GFLOP`,
      ours: ours("ours", () => gram.matvec(y).subarray(0, ROWS), Math.max(1, 2 ** (14 - m))),
      peers: [
        ...remote(qmcpy, name("NumPy dense"), { ...request, op: "dense product" }).map((peer) =>
          scaled(peer, parts),
        ),
        ...remote(qmcpy, "QMCPy fwht", { ...request, op: "fast product" }),
      ],
      tolerance: 1e-12,
      rounds: 3,
    };
  }
  const n = 2 ** 16;
  const { x, y, kernel } = example(n);
  qmcpy?.give("x", x.data);
  qmcpy?.give("y", y);
  yield {
    operation: `FastGaussianProcess.fit, d = ${D}, n = 2^16`,
    floor: "three transforms and a column of the kernel",
    ours: ours("ours", () => [
      FastGaussianProcess.fit(kernel, x, y, { noise: NOISE }).logMarginalLikelihood,
    ]),
    peers: [
      ...remote(qmcpy, "QMCPy kernel and fwht", {
        op: "fast likelihood",
        n,
        d: D,
        x: "x",
        y: "y",
        weight: 0.5,
        noise: NOISE,
      }),
    ],
    tolerance: 1e-9,
    rounds: 3,
  };
}
