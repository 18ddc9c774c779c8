import { type Matrix, matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import { GaussianKernel, GaussianProcess, Matern52Kernel } from "@daily-kernel/kernels";
import { PythonPeer } from "./peers/python-peer.ts";
import { local, notAvailable, type Result, sideBySide } from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";
import { ensureVenv } from "./peers/venv.ts";

export const about = "exact Gaussian processes on arbitrary points: scikit-learn";

const D = 8;
const NOISE = 0.01;
const PREDICTED = 1000;
/** Fewer than usual: a run takes seconds. */
const ROUNDS = 3;

/** Its fit with a fixed kernel factors the covariance twice, so the likelihood is what is compared. */
const SCRIPT = `
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, WhiteKernel
from threadpoolctl import threadpool_limits
gps = {}
def gp(request):
  threadpool_limits(request["threads"])
  key = (request["kernel"], request["n"])
  if key not in gps:
    x = load("x%d" % request["n"]).reshape(-1, ${D})
    y = load("y%d" % request["n"])
    lengths = np.full(${D}, 0.7)
    base = RBF(lengths) if request["kernel"] == "gaussian" else Matern(lengths * 2**0.5, nu=2.5)
    kernel = ConstantKernel(1.0) * base + WhiteKernel(${NOISE})
    gps[key] = GaussianProcessRegressor(kernel, alpha=0, optimizer=None).fit(x, y)
  return gps[key]
def likelihood(request):
  g = gp(request)
  return lambda: g.log_marginal_likelihood(g.kernel_.theta)
def gradient(request):
  g = gp(request)
  def work():
    value, slopes = g.log_marginal_likelihood(g.kernel_.theta, eval_gradient=True)
    return np.array([value, *slopes])
  return work
def predict(request):
  g = gp(request)
  x = load("points").reshape(-1, ${D})
  def work():
    mean, sd = g.predict(x, return_std=True)
    return np.concatenate([mean, sd**2 - ${NOISE}])
  return work
serve({"likelihood": likelihood, "gradient": gradient, "predict": predict})
`;

const uniform = (rows: number, seed: number): Matrix =>
  matrix(rows, D, new Rng(seed).fillUniform(new Float64Array(rows * D)));

function targets({ data, rows }: Matrix): Float64Array {
  return Float64Array.from(
    { length: rows },
    (_, i) => Math.sin(5 * data[i * D]!) + data[i * D + 1]! ** 2,
  );
}

/** Likelihood, its gradient, and predictions, for two kernels and two sizes. */
export async function run(): Promise<void> {
  const venv = ensureVenv(["numpy", "scikit-learn"]);
  const sklearn = "missing" in venv ? undefined : new PythonPeer(venv.python, SCRIPT);
  await using pool = await ThreadPool.create({ threads: 2 });
  const points = uniform(PREDICTED, 2);
  sklearn?.give("points", points.data);
  const lengthscales = new Float64Array(D).fill(0.7);
  const kernels = {
    gaussian: new GaussianKernel({ dimension: D, lengthscales }),
    matern52: new Matern52Kernel({ dimension: D, lengthscales }),
  };
  const results: Result[] = [];
  try {
    for (const n of [1000, 2000]) {
      const x = uniform(n, 1);
      const y = targets(x);
      sklearn?.give(`x${n}`, x.data);
      sklearn?.give(`y${n}`, y);
      for (const [name, kernel] of Object.entries(kernels)) {
        const compare = async (
          op: string,
          threads: number,
          giga: number,
          work: () => ArrayLike<number> | Promise<ArrayLike<number>>,
        ) => {
          const request = { op, kernel: name, n, threads };
          const comparison = {
            operation: `${op}, ${name}, n = ${n}, ${threads} thread${threads > 1 ? "s" : ""}`,
            floor: `${giga.toPrecision(2)} GFLOP`,
            rate: { amount: giga, unit: "GFLOP/s" },
            ours: local("ours", work),
            peers: sklearn
              ? [
                  {
                    name: "scikit-learn",
                    run: (keep: boolean) => sklearn.ask({ ...request, keep }),
                  },
                ]
              : [],
            tolerance: 1e-8,
          };
          results.push(...(await sideBySide(comparison, ROUNDS)));
        };
        const fit = () => GaussianProcess.fit(kernel, x, y, { noise: NOISE });
        const fitted = fit();
        await compare("likelihood", 1, n ** 3 / 3e9, () => [fit().logMarginalLikelihood]);
        await compare("gradient", 1, (7 / 3e9) * n ** 3, () => {
          const gp = fit();
          const slopes = gp.logMarginalLikelihoodGradient();
          return [gp.logMarginalLikelihood, ...slopes];
        });
        await compare("gradient", 2, (7 / 3e9) * n ** 3, async () => {
          const gp = await GaussianProcess.fit(kernel, x, y, { noise: NOISE, pool });
          const slopes = await gp.logMarginalLikelihoodGradient({ pool });
          return [gp.logMarginalLikelihood, ...slopes];
        });
        await compare("predict", 1, (n ** 2 * PREDICTED) / 1e9, () => {
          const { mean, variance } = fitted.predict(points);
          return Float64Array.of(...mean, ...variance);
        });
      }
    }
  } finally {
    await sklearn?.close();
  }
  if ("missing" in venv)
    results.push(notAvailable("GaussianProcess", "scikit-learn", venv.missing));
  printTable(results);
}
