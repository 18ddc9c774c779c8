import { readFileSync } from "node:fs";
import { matrix, Rng } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import { balanceWeights } from "@daily-kernel/recommend";
import { PythonPeer } from "./peers/python-peer.ts";
import { notAvailable, sideBySide } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "kernel-balanced weights: the dual by SciPy's L-BFGS-B";

const n = 7000;
const J = 50;

/** Gaussian kernel functions of shifted points, whose targets are their means over unshifted ones. */
function problem() {
  const rng = new Rng(1);
  const points = (rows: number, shift: number) =>
    matrix(
      rows,
      4,
      rng.fillNormal(new Float64Array(4 * rows)).map((v) => v + shift),
    );
  const kernel = new GaussianKernel({ dimension: 4, lengthscales: 2 });
  const centres = points(J, 0);
  const functions = kernel.gram(points(n, 0.3), centres);
  const all = kernel.gram(points(20_000, 0), centres).data;
  const targets = new Float64Array(J);
  for (let c = 0; c < all.length; c++) targets[c % J]! += all[c]! / 20_000;
  return { functions, targets, slack: 1e-3 };
}

/** Weights of 7,000 cells that balance 50 functions; one thread. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["numpy", "scipy"]);
  const operation = `${n} weights balance ${J} functions`;
  if ("missing" in venv) return printTable([notAvailable(operation, "SciPy", venv.missing)]);
  const given = problem();
  const script = readFileSync(new URL("recommend/scipy_dual.py", import.meta.url), "utf8");
  const limit = "import os\nos.environ['OPENBLAS_NUM_THREADS'] = '1'\n";
  const python = new PythonPeer(venv.python, limit + script);
  python.give("shape", Float64Array.of(n, J));
  python.give(
    "centred",
    given.functions.data.map((v, c) => v - given.targets[c % J]!),
  );
  const rows = await sideBySide(
    {
      operation,
      floor: `${((n * J * J) / 1e6).toPrecision(2)} MFLOP a step`,
      ours: {
        name: "ours",
        async run() {
          const begin = performance.now();
          const { weights } = balanceWeights(given);
          return { seconds: (performance.now() - begin) / 1000, result: weights };
        },
      },
      peers: [
        {
          name: "SciPy L-BFGS-B",
          run: (keep) => python.ask({ op: "solve", keep }),
        },
      ],
      tolerance: 1e-3,
    },
    5,
  );
  await python.close();
  printTable(rows);
}
