import { readFileSync } from "node:fs";
import { type Matrix, matrix, Rng } from "@daily-kernel/compute";
import {
  FiniteBasis,
  legendre,
  type OrthonormalBasis,
  productBasis,
  sampleProjectionDpp,
} from "@daily-kernel/sampling";
import { PythonPeer } from "./peers/python-peer.ts";
import { type Contender, notAvailable, type Result, sideBySide } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "draws of determinantal processes: DPPy and plain NumPy";

const CELLS = 8;
const rng = new Rng(1);

/** A draw is timed; the answer is the mean count of first coordinates in cells over several draws. */
function ours(basis: OrthonormalBasis, low: number, high: number, draws: number): Contender {
  const draw = () => sampleProjectionDpp(basis, rng);
  return {
    name: "ours",
    async run(keep) {
      if (keep) return { seconds: 0, result: shares(draw, low, high, draws) };
      const begin = performance.now();
      draw();
      return { seconds: (performance.now() - begin) / 1000 };
    },
  };
}

function shares(draw: () => Matrix, low: number, high: number, draws: number): Float64Array {
  const sums = new Float64Array(CELLS);
  for (let k = 0; k < draws; k++) {
    const { data, rows, cols } = draw();
    for (let i = 0; i < rows; i++) {
      const place = (data[i * cols]! - low) / (high - low);
      sums[Math.min(CELLS - 1, Math.floor(place * CELLS))]! += 1 / draws;
    }
  }
  return sums;
}

const tensor = (d: number, degree: number) =>
  productBasis({ families: Array.from({ length: d }, () => legendre()), set: "tensor", degree });

/** Legendre features on a grid: what the card's plain sampler works on. */
function gridBasis(n: number, m: number): { basis: FiniteBasis; rows: Float64Array } {
  const values = matrix(n, m);
  for (let i = 0; i < n; i++) legendre().evaluate((2 * i + 1) / n - 1, m, values.data, i * m);
  const basis = new FiniteBasis(values);
  const rows = basis.map(basis.quadrature().points).data.map((v) => v / Math.sqrt(n));
  return { basis, rows };
}

/** Continuous ensembles in one and two dimensions, and finite domains; one thread. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["numpy", "scipy", "threadpoolctl", "matplotlib", "dppy"]);
  const script = readFileSync(new URL("sampling/dppy.py", import.meta.url), "utf8");
  const python = "missing" in venv ? undefined : new PythonPeer(venv.python, script);
  const rows: Result[] = [];
  const compare = async (
    operation: string,
    own: Contender,
    peers: readonly (readonly [name: string, op: string])[],
    request: Record<string, number>,
    tolerance: number,
    rounds: number,
  ) => {
    if ("missing" in venv) return rows.push(notAvailable(operation, "DPPy", venv.missing));
    const contenders = peers.map(
      ([name, op]): Contender => ({
        name,
        run: (keep) =>
          python!.ask({ ...request, op, keep, tridiagonal: name.includes("tridiagonal") }),
      }),
    );
    const m = request.m!;
    // A tridiagonal model on an interval, else the chain rule on the complement of what is chosen.
    const operations = request.d === 1 ? 30 * m ** 2 : 3 * m ** 3;
    const floor = `${(operations / 1e6).toPrecision(2)} MFLOP`;
    const found = await sideBySide(
      { operation, floor, ours: own, peers: contenders, tolerance },
      rounds,
    );
    return rows.push(...found);
  };
  const interval = { low: -1, high: 1 };
  for (const [m, draws] of [
    [20, 400],
    [200, 20],
  ] as const) {
    await compare(
      `Legendre, ${m} points on an interval`,
      ours(tensor(1, m - 1), -1, 1, draws),
      [
        ["DPPy, tridiagonal model", "ensemble"],
        ["DPPy, chain rule", "ensemble"],
      ],
      { m, d: 1, draws, ...interval },
      0.1,
      m === 20 ? 5 : 2,
    );
  }
  for (const [degree, draws, rounds] of [
    [5, 60, 3],
    [13, 3, 2],
  ] as const) {
    const m = (degree + 1) ** 2;
    const own = ours(tensor(2, degree), -1, 1, draws);
    const request = { m, d: 2, draws, ...interval };
    await compare(
      `Legendre, ${m} points in a square`,
      own,
      [["DPPy", "ensemble"]],
      request,
      0.15,
      rounds,
    );
  }
  for (const [n, m, draws, rounds] of [
    [600, 20, 400, 5],
    [10_000, 100, 20, 2],
  ] as const) {
    const { basis, rows: values } = gridBasis(n, m);
    python?.give(`rows${n}`, values);
    const request = { n, m, draws, low: 0, high: n };
    await compare(
      `${m} of ${n} rows`,
      ours(basis, 0, n, draws),
      [
        ["DPPy", "finite"],
        ["NumPy, chain rule", "plain"],
      ],
      request,
      0.1,
      rounds,
    );
  }
  await python?.close();
  printTable(rows);
}
