import { readFileSync } from "node:fs";
import { matrix, Rng } from "@daily-kernel/compute";
import { noNoise, PrivateKernelSum, PrivateL1 } from "@daily-kernel/privacy";
import { PythonPeer } from "./peers/python-peer.ts";
import {
  type Contender,
  local,
  notAvailable,
  type Result,
  sideBySide,
} from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";
import { bruteForce } from "./privacy/brute-force.ts";

export const about = "private sums: queries of the trees, features, against NumPy and double loops";

const N = 200_000;
const D = 3;
const QUERIES = 20;
const ROWS = 4096;
const WIDTH = 64;
const FEATURES = 512;

/** Features of the records with given frequencies and phases, summed: what the peer computes. */
function phases(seed: number) {
  const rng = new Rng(seed);
  const w = rng.spawn("frequencies").fillNormal(new Float64Array(FEATURES * WIDTH));
  for (let at = 0; at < w.length; at++) w[at]! *= Math.SQRT2;
  const b = rng.spawn("phases").fillUniform(new Float64Array(FEATURES));
  return { w, b: b.map((turn) => 2 * Math.PI * turn) };
}

/** Prints one row for every peer. */
export async function run(): Promise<void> {
  const rng = new Rng(1);
  const flights = matrix(N, D, rng.fillUniform(new Float64Array(N * D)));
  const y = matrix(QUERIES, D, rng.fillUniform(new Float64Array(QUERIES * D)));
  const x = matrix(ROWS, WIDTH, rng.fillNormal(new Float64Array(ROWS * WIDTH)));
  const unit = { dimension: D, range: [0, 1], epsilon: 1, adjacency: "add-remove" } as const;
  const shells = await new PrivateL1({ ...unit, levels: 17 }).fit(flights);
  const offsets = await new PrivateL1({ ...unit, levels: 17, estimator: "offsets" }).fit(flights);
  const rows = Array.from({ length: QUERIES }, (_, k) => y.data.subarray(k * D, (k + 1) * D));
  const answers = (release: typeof shells) => () =>
    Float64Array.from(rows, (row) => release.query(row).value);
  const sum = new PrivateKernelSum({
    dimension: WIDTH,
    kernel: "gaussian",
    sigma: 1,
    features: FEATURES,
    kind: "phase",
    seed: 5,
    epsilon: 1,
    adjacency: "add-remove",
    noise: noNoise,
  });

  const venv = ensureVenv(["numpy", "threadpoolctl"]);
  const results: Result[] = [];
  const peer =
    "missing" in venv
      ? undefined
      : new PythonPeer(
          venv.python,
          readFileSync(new URL("./privacy/numpy.py", import.meta.url), "utf8"),
        );
  const numpy = (name: string, request: Parameters<PythonPeer["ask"]>[0]): Contender[] =>
    peer === undefined ? [] : [{ name, run: (keep) => peer.ask({ ...request, keep }) }];
  const { w, b } = phases(5);
  for (const [name, data] of Object.entries({
    flights: flights.data,
    y: y.data,
    x: x.data,
    w,
    b,
  })) {
    peer?.give(name, data);
  }
  const exact = { op: "exact", x: "flights", xShape: [N, D], y: "y", yShape: [QUERIES, D] };
  const features = {
    op: "features",
    x: "x",
    xShape: [ROWS, WIDTH],
    w: "w",
    wShape: [FEATURES, WIDTH],
    b: "b",
  };
  try {
    for (const [name, release] of [
      ["shells, alpha = 0.1", shells],
      ["offsets", offsets],
    ] as const) {
      results.push(
        ...(await sideBySide({
          operation: `${QUERIES} l1 queries, n = ${N}, d = ${D}, ${name}`,
          floor: `${N * D * QUERIES} distances without a structure`,
          ours: local("ours", answers(release)),
          peers: [
            local("double loop in JavaScript", () => bruteForce(flights, y)),
            ...numpy("exact sums in NumPy", exact),
          ],
          // Shells overestimate by up to alpha, and the noise of epsilon = 1 comes on top.
          tolerance: 0.15,
        })),
      );
    }
    results.push(
      ...(await sideBySide({
        operation: `${FEATURES} random features of ${ROWS} x ${WIDTH} records, summed`,
        floor: `${((2 * ROWS * WIDTH * FEATURES) / 1e9).toPrecision(3)} GFLOP, ${ROWS * FEATURES} cosines`,
        ours: local("ours", async () => Float64Array.from((await sum.fit(x)).toJSON().sum)),
        peers: [
          ...numpy("NumPy, as one writes it", features),
          ...numpy("NumPy, in blocks and in place", { ...features, op: "blocked" }),
        ],
        tolerance: 1e-4,
      })),
    );
  } finally {
    await peer?.close();
  }
  if ("missing" in venv) results.push(notAvailable("all", "NumPy", venv.missing));
  printTable(results);
}
