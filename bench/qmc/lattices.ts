import { Halton, Lattice } from "@daily-kernel/qmc";
import { words } from "./peers.ts";
import { coordinates, ours, type Peers, type Row, remote } from "./rows.ts";

/** Lattices in natural order, and Halton points, which SciPy and QMCPy have as well. */
export function* latticeRows({ qmcpy }: Peers): Generator<Row> {
  for (const [d, n] of [
    [10, 2 ** 16],
    [10, 2 ** 20],
    [1000, 2 ** 13],
  ] as const) {
    for (const randomize of ["SHIFT", "none"] as const) {
      const lattice = new Lattice({ dimension: d, randomize, seed: 1 });
      qmcpy?.give("vector", words(lattice.generatingVectors[0]!));
      const shifted = randomize === "SHIFT";
      if (shifted) qmcpy?.give("shifts", lattice.shifts[0]!);
      const request = { d, n, vector: "vector", ...(shifted && { shifts: "shifts" }) };
      const out = new Float64Array(n * d);
      const common = {
        ...coordinates(n * d),
        tolerance: 0,
        rounds: 3,
        targets: { engine: 1.5, QMCPy: 1.5 },
      };
      const operation = `lattice, ${randomize}, d = ${d}, n = 2^${Math.log2(n)}`;
      const fresh = remote(qmcpy, "QMCPy", { ...request, op: "lattice class" });
      yield {
        ...common,
        operation: `${operation}, into out`,
        ours: ours("ours", () => lattice.points({ nMax: n, out }).data),
        peers: [...remote(qmcpy, "engine", { ...request, op: "lattice engine" }), ...fresh],
      };
      yield {
        ...common,
        operation: `${operation}, new array`,
        ours: ours("ours", () => lattice.points({ nMax: n }).data),
        peers: fresh,
      };
    }
  }
  const [d, n] = [10, 2 ** 16];
  const out = new Float64Array(n * d);
  for (const scramble of [false, true]) {
    const randomize = scramble ? "LMS_DP" : "none";
    const halton = new Halton({ dimension: d, randomize, seed: 1 });
    yield {
      operation: `Halton, ${randomize}, d = ${d}, n = 2^${Math.log2(n)}, into out`,
      ...coordinates(n * d),
      ours: ours("ours", () => halton.points({ nMax: n, out }).data),
      peers: [
        ...remote(qmcpy, "QMCPy", { op: "QMCPy Halton", d, n, scramble }),
        ...remote(qmcpy, "SciPy", { op: "SciPy Halton", d, n, scramble }),
      ],
      // QMCPy keeps as many digits in each base as base 2 needs.
      tolerance: 1e-15,
      unlike: scramble ? ["QMCPy", "SciPy"] : [],
      rounds: 2,
    };
  }
}
