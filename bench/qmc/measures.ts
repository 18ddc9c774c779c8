import { Gaussian, Sobol } from "@daily-kernel/qmc";
import { coordinates, ours, type Peers, type Row, remote } from "./rows.ts";

/** Sobol' points to normal ones: the inverse distribution function, for information. */
export function* measureRows({ qmcpy }: Peers): Generator<Row> {
  const [d, n] = [10, 2 ** 16];
  const net = new Sobol({ dimension: d, seed: 1 });
  const gaussian = new Gaussian(net);
  const u = net.points({ nMax: n }).data;
  const out = new Float64Array(n * d);
  qmcpy?.give("uniform", u);
  yield {
    operation: `Gaussian.transform, d = ${d}, n = 2^16, into out`,
    ...coordinates(n * d),
    ours: ours("ours", () => gaussian.transform(u, n, out)),
    peers: [
      ...remote(qmcpy, "SciPy norm.ppf", { op: "normal", u: "uniform", slow: true }),
      ...remote(qmcpy, "SciPy ndtri", { op: "normal", u: "uniform", slow: false }),
    ],
    tolerance: 1e-14,
    rounds: 5,
  };
}
