import { type Matrix, matmul, matrix, Rng } from "@daily-kernel/compute";
import {
  GaussianKernel,
  SupportVectorClassifier,
  UniversalRandomFeatures,
} from "@daily-kernel/kernels";
import { PythonPeer } from "./peers/python-peer.ts";
import { local, notAvailable, type Result, sideBySide } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "support vector machines and random features: scikit-learn, NumPy";

const D = 8;
const C = 10;
const FEATURES = 512;
/** Rows and columns of the features' inputs: the product takes most of the time, or the waves do. */
const sizes = [
  [256, 1024],
  [4096, 64],
] as const;

const SCRIPT = `
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits
threadpool_limits(1)
def fit(request):
  n = request["n"]
  x, y = load("x%d" % n).reshape(-1, ${D}), load("y%d" % n)
  points = load("points").reshape(-1, ${D})
  return lambda: SVC(C=${C}, gamma=0.5, tol=1e-5, cache_size=1000).fit(x, y).decision_function(points)
def features(request):
  d = request["d"]
  x, g = load("x-%d" % d).reshape(-1, d), load("g-%d" % d).reshape(-1, d)
  offsets = load("offsets-%d" % d)
  angle = np.empty((x.shape[0], g.shape[0]))
  wave = np.empty_like(angle)
  out = np.empty((x.shape[0], 2 * g.shape[0]))
  def work():
    size = np.exp(offsets + (x * x).sum(1, keepdims=True) / 2)
    np.matmul(x, g.T, out=angle)
    np.multiply(size, np.cos(angle, out=wave), out=out[:, 0::2])
    np.negative(size, out=size)
    np.multiply(size, np.sin(angle, out=wave), out=out[:, 1::2])
    return out
  return work
serve({"fit": fit, "features": features})
`;

const normal = (rows: number, cols: number, seed: number, scale = 1): Matrix =>
  matrix(
    rows,
    cols,
    new Rng(seed).fillNormal(new Float64Array(rows * cols)).map((v) => scale * v),
  );

/** Two classes that no line parts, a tenth of the labels wrong. */
function labels({ data, rows }: Matrix): Float64Array {
  const rng = new Rng(9);
  return Float64Array.from({ length: rows }, (_, i) => {
    const inside = data[i * D]! * data[i * D + 1]! > 0.2 * data[i * D + 2]!;
    return Number(inside !== rng.uniform() < 0.1);
  });
}

/** Fits with 1,000 decision values, and features of points of many numbers and of few; one thread each. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["numpy", "scikit-learn"]);
  const python = "missing" in venv ? undefined : new PythonPeer(venv.python, SCRIPT);
  const kernel = new GaussianKernel({ dimension: D });
  const points = normal(1000, D, 2);
  python?.give("points", points.data);
  const peers = (name: string, request: Record<string, unknown>) =>
    python ? [{ name, run: (keep: boolean) => python.ask({ ...request, keep }) }] : [];
  const results: Result[] = [];
  try {
    for (const n of [1000, 3000]) {
      const x = normal(n, D, 1);
      const y = labels(x);
      python?.give(`x${n}`, x.data);
      python?.give(`y${n}`, y);
      const fit = () =>
        SupportVectorClassifier.fit(kernel, x, y, { c: C, tolerance: 1e-5 }).decisionFunction(
          points,
        ).data;
      const comparison = {
        operation: `SupportVectorClassifier, n = ${n}`,
        floor: `${((n * n * D * 2) / 1e9).toPrecision(2)} GFLOP for the Gram matrix`,
        ours: local("ours", fit),
        peers: peers("scikit-learn", { op: "fit", n }),
        tolerance: 1e-3,
      };
      results.push(...(await sideBySide(comparison, 3)));
    }
    for (const [rows, d] of sizes) {
      const map = new UniversalRandomFeatures({
        ...{ activation: "cos" as const, dimension: d, features: FEATURES },
      });
      const x = normal(rows, d, 3, 1 / Math.sqrt(d));
      const { data } = map.projections;
      const k = map.frequencies;
      const directions = matrix(
        FEATURES / 2,
        d,
        data.map((v, i) => v * k[Math.floor(i / d)]!),
      );
      python?.give(`x-${d}`, x.data);
      python?.give(`g-${d}`, directions.data);
      python?.give(`offsets-${d}`, map.offsets);
      const giga = (rows * d * FEATURES) / 1e9;
      const product = "our matrix product alone";
      const comparison = {
        operation: `UniversalRandomFeatures.map, ${rows} x ${d} to ${FEATURES}`,
        floor: `${giga.toPrecision(2)} GFLOP, ${rows * FEATURES} cosines and sines`,
        rate: { amount: giga, unit: "GFLOP/s" },
        ours: local("ours", () => map.map(x).data),
        peers: [
          ...peers("NumPy", { op: "features", d }),
          local(product, () => matmul(x, directions, { transposeB: true }).data),
        ],
        tolerance: 1e-9,
        unlike: [product],
      };
      results.push(...(await sideBySide(comparison, 7)));
    }
  } finally {
    await python?.close();
  }
  if ("missing" in venv) {
    results.push(notAvailable("SupportVectorClassifier", "scikit-learn", venv.missing));
  }
  printTable(results);
}
