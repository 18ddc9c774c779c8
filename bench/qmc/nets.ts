import { Sobol } from "@daily-kernel/qmc";
import { words } from "./peers.ts";
import { coordinates, ours, type Peers, type Row, remote } from "./rows.ts";

interface Case {
  order: "natural" | "gray";
  scrambled: boolean;
  d: number;
  n: number;
}

const ENGINE = "engine";
const ENGINE_INTEGERS = "engine, by integers";
const SCIPY = "SciPy";
/** SciPy copies the first points that it makes once more, those after them not. */
const SCIPY_LATER = "SciPy, later points";
const PYTORCH = "PyTorch";
const PYTORCH_LATER = "PyTorch, later points";

/** What the issue asks for, one thread each. */
const TARGETS = { [ENGINE]: 1.2, [SCIPY]: 1, [SCIPY_LATER]: 1 };

/** Gives a net's matrices and shift to the peer; the request that names them. */
export function giveNet(qmcpy: Peers["qmcpy"], net: Sobol, shifted: boolean) {
  const { columns, bits } = net.matrices();
  const name = `net-${net.order}-${net.randomize}-${net.dimension}`;
  qmcpy?.give(`${name}-matrices`, words(...columns[0]!));
  // Point 0 is the digital shift.
  if (shifted) qmcpy?.give(`${name}-shifts`, words(net.binary({ nMax: 1 }).data));
  return {
    matrices: `${name}-matrices`,
    ...(shifted && { shifts: `${name}-shifts` }),
    order: net.order,
    d: net.dimension,
    bits,
  };
}

function* caseRows({ qmcpy, torch }: Peers, { order, scrambled, d, n }: Case): Generator<Row> {
  const randomize = scrambled ? "LMS_DS" : "none";
  const net = new Sobol({ dimension: d, order, randomize, seed: 1 });
  const request = { ...giveNet(qmcpy, net, scrambled), n };
  const other = { d, n, scramble: scrambled };
  const engine = remote(qmcpy, ENGINE, { ...request, op: "net engine" });
  const fresh = [
    ...remote(qmcpy, "QMCPy", { ...request, op: "net class" }),
    ...remote(qmcpy, SCIPY, { ...other, op: "SciPy Sobol", later: false }),
    ...remote(qmcpy, SCIPY_LATER, { ...other, op: "SciPy Sobol", later: true }),
    ...remote(torch, PYTORCH, { ...other, op: "sobol", later: false }),
    ...remote(torch, PYTORCH_LATER, { ...other, op: "sobol", later: true }),
  ];
  // They have Gray order only, and scrambles of their own.
  const unlike = [SCIPY_LATER, PYTORCH_LATER];
  if (order === "natural" || scrambled) unlike.push(SCIPY, PYTORCH);
  const operation = `Sobol', ${order}, ${randomize}, d = ${d}, n = 2^${Math.log2(n)}`;
  // The engine rounds 63 digits to a double, which may be 1; ours cuts them.
  const common = { ...coordinates(n * d), tolerance: 2 ** -52, unlike, targets: TARGETS };
  const out = new Float64Array(n * d);
  const into = ours("ours", () => net.points({ nMax: n, out }).data);
  yield {
    ...common,
    operation: `${operation}, into out`,
    ours: into,
    peers: [
      ...engine,
      ...(d === 10 ? remote(qmcpy, ENGINE_INTEGERS, { ...request, op: "net integers" }) : []),
      ...fresh,
    ],
    rounds: 5,
  };
  yield {
    ...common,
    operation: `${operation}, new array`,
    ours: ours("ours", () => net.points({ nMax: n }).data),
    peers: fresh,
    rounds: 3,
  };
  if (n <= 2 ** 16) return;
  yield {
    ...common,
    operation: `${operation}, streamed`,
    ours: streamed(net, n),
    peers: [...engine, ...fresh],
    rounds: 3,
  };
}

/** `blocks({ reuse: true })`, joined where the points are compared. */
function streamed(net: Sobol, nMax: number): Row["ours"] {
  return {
    name: "ours",
    run: async (keep) => {
      const begin = performance.now();
      for await (const _ of net.blocks({ nMax, reuse: true }));
      const seconds = (performance.now() - begin) / 1000;
      if (!keep) return { seconds };
      const result = new Float64Array(nMax * net.dimension);
      let at = 0;
      for await (const { data } of net.blocks({ nMax, reuse: true })) {
        result.set(data, at);
        at += data.length;
      }
      return { seconds, result };
    },
  };
}

/** Sobol' points in both orders, scrambled or not. */
export function* netRows(peers: Peers): Generator<Row> {
  for (const d of [10, 3]) {
    for (const n of [2 ** 16, 2 ** 20]) {
      for (const order of ["natural", "gray"] as const) {
        for (const scrambled of [true, false]) yield* caseRows(peers, { order, scrambled, d, n });
      }
    }
  }
}
