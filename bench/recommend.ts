import { readFileSync } from "node:fs";
import { matrix, Rng } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import { balanceWeights, fitAlternating, ratings } from "@daily-kernel/recommend";
import { PythonPeer } from "./peers/python-peer.ts";
import { type Contender, notAvailable, sideBySide } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about =
  "kernel balancing: weights beside SciPy's L-BFGS-B, training beside the same steps in PyTorch";

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

/** Ratings in the size of Coat, and features of users and items. */
function table() {
  const rng = new Rng(2);
  const [users, items, rated] = [290, 300, 6960];
  const cells = rng.permutation(users * items).subarray(0, rated);
  const normals = (rows: number) => matrix(rows, 4, rng.fillNormal(new Float64Array(rows * 4)));
  return {
    observed: ratings({
      users,
      items,
      user: Float64Array.from(cells, (c) => Math.floor(c / items)),
      item: Float64Array.from(cells, (c) => c % items),
      rating: Float64Array.from(cells, () => (rng.uniform() < 0.5 ? 1 : 0)),
    }),
    features: { userFeatures: normals(users), itemFeatures: normals(items) },
  };
}

/** Epochs of 54 steps; a run on Coat has some 75 of them. */
const EPOCHS = 15;
const BASE = new Float64Array(6960).fill(12.5);

function turns(selection: "random" | "adaptive", given: ReturnType<typeof table>): Contender {
  return {
    name: "ours",
    async run() {
      const begin = performance.now();
      const { model } = await fitAlternating(given.observed, {
        mode: "reference-code",
        rng: new Rng(3),
        selection,
        features: given.features,
        base: BASE,
        biases: false,
        initial: "uniform",
        epochs: EPOCHS,
        tolerance: 0,
        weightDecay: 0.05,
      });
      if (model.epochs !== EPOCHS) throw new Error(`ended after ${model.epochs} epochs`);
      return { seconds: (performance.now() - begin) / 1000 };
    },
  };
}

/** The released code's steps: ours beside the same in PyTorch. */
async function training(): Promise<void> {
  const operation = (selection: string) => `${EPOCHS} epochs as released, ${selection} functions`;
  const kinds = ["random", "adaptive"] as const;
  const venv: ReturnType<typeof ensureVenv> = process.env.BENCH_TORCH
    ? ensureVenv(["numpy", "torch"])
    : { missing: "set BENCH_TORCH=1 to install it" };
  if ("missing" in venv) {
    return printTable(kinds.map((kind) => notAvailable(operation(kind), "PyTorch", venv.missing)));
  }
  const given = table();
  const script = readFileSync(new URL("recommend/torch_turns.py", import.meta.url), "utf8");
  const python = new PythonPeer(venv.python, script);
  python.give("user", given.observed.user);
  python.give("item", given.observed.item);
  python.give("rating", given.observed.rating);
  python.give("userFeatures", given.features.userFeatures.data);
  python.give("itemFeatures", given.features.itemFeatures.data);
  const rows = [];
  for (const kind of kinds) {
    const request = { op: "train", epochs: EPOCHS, adaptive: kind === "adaptive" };
    const comparison = {
      operation: operation(kind),
      floor: `${EPOCHS * 54} steps`,
      ours: turns(kind, given),
      peers: [{ name: "PyTorch", run: (keep: boolean) => python.ask({ ...request, keep }) }],
      tolerance: 0,
      unlike: ["PyTorch"],
    };
    rows.push(...(await sideBySide(comparison, 1)));
  }
  await python.close();
  printTable(rows);
}

/** One thread each. */
export async function run(): Promise<void> {
  await weights();
  await training();
}

/** Weights of 7,000 cells that balance 50 functions; one thread. */
async function weights(): Promise<void> {
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
