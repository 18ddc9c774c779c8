import { Sobol } from "@daily-kernel/qmc";
import { coordinates, ours, type Peers, type Row, remote, scaled } from "./rows.ts";

const D = 10;
const N = 2 ** 20;
/** QMCPy's tree of Python objects would take minutes for all points, and slows down as it grows. */
const QMCPY_N = 2 ** 12;

/** Nested uniform scrambling by a tree of true random bits and by a hash, beside QMCPy's tree. */
export function* scrambleRows({ qmcpy }: Peers): Generator<Row> {
  const tree = `QMCPy, ${N / QMCPY_N} times 2^${Math.log2(QMCPY_N)}`;
  for (const randomize of ["NUS", "OWEN"] as const) {
    const net = new Sobol({ dimension: D, randomize, seed: 1 });
    const out = new Float64Array(N * D);
    yield {
      operation: `${randomize}, d = ${D}, n = 2^${Math.log2(N)}`,
      ...coordinates(N * D),
      ours: ours("ours", () => net.points({ nMax: N, out }).data),
      peers: remote(qmcpy, tree, { op: "net nested", d: D, n: QMCPY_N }).map((peer) =>
        scaled(peer, N / QMCPY_N),
      ),
      tolerance: 0,
      unlike: [tree],
      targets: { [tree]: 100 },
      leastRate: 10,
      rounds: 2,
    };
  }
}
