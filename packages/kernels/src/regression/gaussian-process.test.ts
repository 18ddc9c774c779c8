import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import { MultiTaskKernel } from "../multi-task/index.ts";
import {
  GaussianKernel,
  kernelFrom,
  Matern12Kernel,
  Matern32Kernel,
  Matern52Kernel,
  type RadialKernel,
  RationalQuadraticKernel,
  sum,
} from "../standard/index.ts";
import { GaussianProcess, optimiseGaussianProcess } from "./index.ts";

const x = matrix(
  8,
  2,
  [0.05, 0.9, 0.2, 0.3, 0.35, 0.75, 0.5, 0.1, 0.65, 0.6, 0.8, 0.95, 0.95, 0.4, 0.4, 0.45],
);
const y = Float64Array.from(
  { length: 8 },
  (_, i) => Math.sin(5 * x.data[2 * i]!) + x.data[2 * i + 1]! ** 2,
);
const at = matrix(3, 2, [0.1, 0.1, 0.5, 0.5, 0.9, 0.7]);
const options = { dimension: 2, scale: 1.7, lengthscales: [0.3, 0.8] };
const kernels: Record<string, RadialKernel> = {
  GaussianKernel: new GaussianKernel(options),
  Matern12Kernel: new Matern12Kernel(options),
  Matern32Kernel: new Matern32Kernel(options),
  Matern52Kernel: new Matern52Kernel(options),
  RationalQuadraticKernel: new RationalQuadraticKernel({
    dimension: 2,
    scale: 1.7,
    lengthscales: 0.3,
    alpha: 0.6,
  }),
};

const named = (name: string) => kernels[name]!;

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(error <= bound, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

const part = (m: Matrix, from: number, to: number) =>
  matrix(to - from, m.cols, m.data.slice(from * m.cols, to * m.cols));

interface Reference {
  likelihood: number;
  gradient: number[];
  mean: number[];
  covariance: number[];
}

// scikit-learn 1.9.1: GaussianProcessRegressor(1.7 * RBF([.3, .8]) + WhiteKernel(.01), alpha=0,
// optimizer=None).fit(x, y), with Matern([.3 * sqrt(2), .8 * sqrt(2)], nu) for Matern kernels and
// RationalQuadratic(.3, .6); log_marginal_likelihood(theta, eval_gradient=True),
// predict(at, return_cov=True) less 0.01 on the diagonal.
const references: Record<string, Reference> = {
  GaussianKernel: {
    likelihood: -6.398383107359879,
    gradient: [-2.257552008063616, 3.48134077730987, 1.8771714756155555, -0.1892793268115346],
    mean: [0.49640857341862743, 0.8682302465021479, -0.45070240520367477],
    covariance: [
      0.11607143539558741, 0.006687783322621654, -0.0053648340148917326, 0.006687783322621654,
      0.010180343049520655, -0.0014166826658560394, -0.0053648340148917326, -0.0014166826658560394,
      0.03727154116217491,
    ],
  },
  Matern32Kernel: {
    likelihood: -6.983698181271725,
    gradient: [-2.43284720695382, 1.9890544465390128, 1.6640805370635865, -0.10570525795228272],
    mean: [0.6521023695918359, 0.8571603401208229, -0.44301495378757383],
    covariance: [
      0.2533330465974284, 0.00956622904702431, -0.0013634269519734454, 0.00956622904702431,
      0.06740556330005766, -0.0021389193205205714, -0.0013634269519734454, -0.0021389193205205714,
      0.10014759142516795,
    ],
  },
  Matern52Kernel: {
    likelihood: -6.175791776489672,
    gradient: [-2.0952316541819602, 2.2724156420542525, 1.6859904337569425, -0.1627698905615347],
    mean: [0.5989445975736187, 0.8642674632465914, -0.4491953294308326],
    covariance: [
      0.1431367566520012, 0.008377022267147649, -0.002335288911607003, 0.008377022267147649,
      0.022398161944006796, -0.001059584479593867, -0.002335288911607003, -0.001059584479593867,
      0.0440578736516899,
    ],
  },
  Matern12Kernel: {
    likelihood: -8.849526493780989,
    gradient: [-2.7387043821147876, 0.8854973678324712, 0.9062900277426149, -0.041588165918808186],
    mean: [0.7332846319719375, 0.8152049748903587, -0.3568919612513349],
    covariance: [
      0.7361060511564059, -0.00639325407828617, -0.0003616875974588596, -0.00639325407828617,
      0.4398324067378889, -0.004884917556591706, -0.0003616875974588596, -0.004884917556591706,
      0.5108034418506149,
    ],
  },
  RationalQuadraticKernel: {
    likelihood: -8.77123252453804,
    gradient: [-2.4080380860959654, 2.817935715721656, -0.2037245614873447, -0.047731535785366756],
    mean: [0.6375388627495271, 0.8559602349735631, -0.33696329098051514],
    covariance: [
      0.5597663474777563, 0.02397156675656642, -0.004275665819894803, 0.02397156675656642,
      0.07354430666603597, -0.03525959660773281, -0.004275665819894803, -0.03525959660773281,
      0.42033673540603766,
    ],
  },
};

for (const [name, expected] of Object.entries(references)) {
  test(`${name}: scikit-learn's likelihood, gradient, mean and covariance`, async () => {
    const gp = GaussianProcess.fit(named(name), x, y, { noise: 0.01 });
    assert.equal(gp.jitter, 0);
    close([gp.logMarginalLikelihood], [expected.likelihood], 1e-12);
    close(gp.logMarginalLikelihoodGradient(), expected.gradient, 1e-12);
    const { mean, variance } = gp.predict(at);
    close(mean, expected.mean, 1e-12);
    close(gp.covariance(at).data, expected.covariance, 1e-12);
    close(
      variance,
      [0, 4, 8].map((i) => expected.covariance[i]!),
      1e-12,
    );
    await using pool = await ThreadPool.create({ threads: 2 });
    const pooled = await GaussianProcess.fit(named(name), x, y, { noise: 0.01, pool });
    close([pooled.logMarginalLikelihood], [expected.likelihood], 1e-12);
    close(await pooled.logMarginalLikelihoodGradient({ pool }), expected.gradient, 1e-12);
    close((await pooled.predict(at, { pool })).mean, expected.mean, 1e-12);
    close((await pooled.covariance(at, { pool })).data, expected.covariance, 1e-12);
  });
}

test("a prior mean shifts the data and the prediction", () => {
  const kernel = named("Matern52Kernel");
  const plain = GaussianProcess.fit(kernel, x, y, { noise: 0.01 });
  const shifted = GaussianProcess.fit(
    kernel,
    x,
    y.map((v) => v + 3),
    { noise: 0.01, mean: 3 },
  );
  close([shifted.logMarginalLikelihood], [plain.logMarginalLikelihood], 1e-13);
  close(
    shifted.predict(at).mean,
    plain.predict(at).mean.map((v) => v + 3),
    1e-13,
  );
});

test("without data it is the prior", () => {
  const gp = GaussianProcess.fit(named("GaussianKernel"), matrix(0, 2), [], { mean: 2 });
  assert.equal(gp.logMarginalLikelihood, 0);
  assert.deepEqual(gp.predict(at), {
    mean: Float64Array.of(2, 2, 2),
    variance: Float64Array.of(1.7, 1.7, 1.7),
  });
  const grown = gp.extend(x, y);
  close(
    grown.predict(at).mean,
    GaussianProcess.fit(gp.kernel, x, y, { mean: 2 }).predict(at).mean,
    1e-9,
  );
});

test("extending is fitting all", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const kernel = named("Matern32Kernel");
  const all = GaussianProcess.fit(kernel, x, y, { noise: 0.01 });
  const first = GaussianProcess.fit(kernel, part(x, 0, 5), y.slice(0, 5), { noise: 0.01 });
  const more = [part(x, 5, 8), y.slice(5)] as const;
  for (const gp of [first.extend(...more), await first.extend(...more, { pool })]) {
    close([gp.logMarginalLikelihood], [all.logMarginalLikelihood], 1e-13);
    close(gp.predict(at).variance, all.predict(at).variance, 1e-13);
    close(gp.x.data, x.data, 0);
    close(gp.y, y, 0);
  }
  close(
    first.predict(at).mean,
    GaussianProcess.fit(kernel, part(x, 0, 5), y.slice(0, 5), { noise: 0.01 }).predict(at).mean,
    0,
  );
});

test("leaving one out is fitting without it", () => {
  const kernel = named("Matern52Kernel");
  const gp = GaussianProcess.fit(kernel, x, y, { noise: 0.05, mean: 0.3 });
  const { mean, variance, logDensity } = gp.leaveOneOut();
  for (let i = 0; i < 8; i++) {
    const keep = (_: number, j: number) => Math.floor(j / 2) !== i;
    const others = matrix(7, 2, x.data.filter(keep));
    const rest = y.filter((_, j) => j !== i);
    const without = GaussianProcess.fit(kernel, others, rest, { noise: 0.05, mean: 0.3 });
    const predicted = without.predict(part(x, i, i + 1));
    close([mean[i]!, variance[i]!], [predicted.mean[0]!, predicted.variance[0]! + 0.05], 1e-12);
    // The chain rule: log p(y) = log p(y without i) + log p(y_i | the others).
    const chain = gp.logMarginalLikelihood - without.logMarginalLikelihood;
    close([logDensity[i]!], [chain], 1e-12);
  }
});

test("samples have the posterior's mean and covariance", () => {
  const gp = GaussianProcess.fit(named("Matern32Kernel"), x, y, { noise: 0.01 });
  const count = 20000;
  const draws = gp.sample(at, count, new Rng(4));
  const { mean } = gp.predict(at);
  const covariance = gp.covariance(at).data;
  const deviation = (i: number, k: number) => draws.data[3 * i + k]! - mean[k]!;
  for (let a = 0; a < 3; a++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += deviation(i, a);
    assert.ok(Math.abs(sum / count) < 5 * Math.sqrt(covariance[4 * a]! / count));
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let i = 0; i < count; i++) product += deviation(i, a) * deviation(i, b);
      const spread = Math.sqrt((covariance[4 * a]! * covariance[4 * b]! * 2) / count);
      assert.ok(Math.abs(product / count - covariance[3 * a + b]!) < 5 * spread);
    }
  }
  assert.deepEqual(gp.sample(at, 2, new Rng(4)).data, draws.data.slice(0, 6));
  // At the data of an interpolation nothing is left to draw.
  const exact = GaussianProcess.fit(named("Matern32Kernel"), x, y);
  close(exact.sample(x, 1, new Rng(1)).data, y, 1e-3);
});

test("optimised hyper-parameters reach scikit-learn's optimum", async () => {
  // GaussianProcessRegressor(ConstantKernel(1) * RBF([1, 1]) + WhiteKernel(.01), alpha=0).fit(x, y):
  // 0.952**2 * RBF([0.391, 1.26]) + WhiteKernel(0.0186)
  const kernel = new GaussianKernel({ dimension: 2, lengthscales: [1, 1] });
  let steps = 0;
  const onProgress = () => void steps++;
  const gp = await optimiseGaussianProcess(kernel, x, y, { noise: 0.01, onProgress });
  close([gp.logMarginalLikelihood], [-4.898937695374315], 1e-9);
  close([...gp.kernel.parameters, gp.noise], [0.952 ** 2, 0.391, 1.26, 0.0186], 2e-3);
  for (const slope of gp.logMarginalLikelihoodGradient()) assert.ok(Math.abs(slope) < 1e-4);
  assert.ok(steps > 5);
  // Another start finds that these data, which have no noise, are best explained without any.
  const better = await optimiseGaussianProcess(kernel, x, y, { noise: 0.01, restarts: 2 });
  assert.ok(better.logMarginalLikelihood > -4.752 && better.noise < 2e-5);
  const held = await optimiseGaussianProcess(kernel, x, y, {
    noise: 0.01,
    fixed: ["noise", "lengthscales[1]"],
    bounds: { scale: [0.5, 1.1] },
  });
  assert.equal(held.noise, 0.01);
  assert.equal(held.kernel.parameters[2], 1);
  assert.ok(held.kernel.parameters[0]! >= 0.5 && held.kernel.parameters[0]! <= 1.1);
  assert.ok(
    held.logMarginalLikelihood >
      GaussianProcess.fit(kernel, x, y, { noise: 0.01 }).logMarginalLikelihood,
  );
});

test("the factor of a multi-task kernel is learned with its sign", async () => {
  const rng = new Rng(2);
  const points = matrix(60, 2);
  const values = new Float64Array(60);
  for (let i = 0; i < 60; i++) {
    const t = rng.uniform();
    points.data.set([i % 2, t], 2 * i);
    values[i] = (i % 2 === 0 ? 1 : -2) * Math.sin(6 * t) + 0.02 * rng.normal();
  }
  const base = new GaussianKernel({ dimension: 1, lengthscales: 0.3 });
  const kernel = new MultiTaskKernel({ base, tasks: 2, diagonal: 0.05 });
  const gp = await optimiseGaussianProcess(kernel, points, values, {
    noise: 0.01,
    fixed: ["base.scale"],
  });
  const { data } = (gp.kernel as MultiTaskKernel).taskMatrix;
  const correlation = data[1]! / Math.sqrt(data[0]! * data[3]!);
  assert.ok(correlation < -0.99, `correlation ${correlation}`);
});

test("jitter is added only where it must be, and no more than allowed", () => {
  const twice = matrix(4, 1, [0, 0, 1, 1]);
  const kernel = new GaussianKernel({ dimension: 1, scale: 3 });
  const gp = GaussianProcess.fit(kernel, twice, [1, 1, 2, 2]);
  assert.ok(gp.jitter > 0 && gp.jitter <= 3e-8, `${gp.jitter}`);
  close(gp.predict(twice).mean, [1, 1, 2, 2], 1e-6);
  assert.throws(
    () => GaussianProcess.fit(kernel, twice, [1, 1, 2, 2], { maxJitter: 0 }),
    (error: Error & { code: string }) =>
      error.code === "ERR_NUMERIC" &&
      /4 points.*pivot 1.*raise noise or maxJitter/.test(error.message),
  );
  // A point that is there already: the block alone fails, the fit with jitter does not.
  const once = GaussianProcess.fit(kernel, matrix(2, 1, [0, 1]), [1, 2]);
  assert.equal(once.jitter, 0);
  const again = once.extend(matrix(1, 1, [1]), [2]);
  assert.ok(again.jitter > 0);
  close(again.predict(matrix(2, 1, [0, 1])).mean, [1, 2], 1e-6);
});

test("kernels of a user's own, and sums, serve", () => {
  const linear = kernelFrom((a, b) => 1 + a[0]! * b[0]! + a[1]! * b[1]!, 2);
  const gp = GaussianProcess.fit(sum(linear, named("Matern52Kernel")), x, y, { noise: 0.01 });
  assert.equal(gp.logMarginalLikelihoodGradient().length, 4);
  const plane = Float64Array.from({ length: 8 }, (_, i) => 2 - x.data[2 * i]! + x.data[2 * i + 1]!);
  const { mean } = GaussianProcess.fit(linear, x, plane, { noise: 1e-9 }).predict(at);
  close(mean, [2, 2, 1.8], 1e-6);
});

test("a cancelled optimisation rejects with the reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const kernel = named("GaussianKernel");
  await assert.rejects(optimiseGaussianProcess(kernel, x, y, { noise: 0.1, signal }), /enough/);
});

test("bad input is refused by name", async () => {
  const kernel = named("GaussianKernel");
  const refused = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  const fit = (...args: unknown[]) => GaussianProcess.fit(...(args as [never, never, never]));
  refused(() => fit({}, x, y), "ERR_TYPE", /GaussianProcess.fit: kernel/);
  refused(() => fit(kernel, x, y.slice(1)), "ERR_SHAPE", /8, got 7/);
  refused(() => fit(kernel, matrix(8, 1), y), "ERR_SHAPE", /2 columns/);
  refused(() => fit(kernel, x, [...y.slice(1), Number.NaN]), "ERR_DOMAIN", /y\[7\].*NaN/);
  refused(() => fit(kernel, x, y, { noise: -1 }), "ERR_DOMAIN", /noise.*-1/);
  refused(() => fit(kernel, x, y, { noise: "1" }), "ERR_TYPE", /noise.*"1"/);
  refused(() => fit(kernel, x, y, { mean: Number.POSITIVE_INFINITY }), "ERR_DOMAIN", /mean/);
  await assert.rejects(async () => fit(kernel, x, y, { pool: {} }), /options.pool must be/);
  const gp = GaussianProcess.fit(kernel, x, y, { noise: 0.1 });
  refused(() => gp.predict(matrix(1, 3)), "ERR_SHAPE", /GaussianProcess.predict: x/);
  refused(() => gp.sample(at, 1, {} as never), "ERR_TYPE", /rng/);
  refused(() => gp.sample(at, -1, new Rng(1)), "ERR_DOMAIN", /count/);
  refused(() => gp.extend(x, [1]), "ERR_SHAPE", /GaussianProcess.extend: y/);
  const rejected = async (o: object, code: string, message: RegExp) =>
    assert.rejects(
      optimiseGaussianProcess(kernel, x, y, o as never),
      (error: Error & { code: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        return true;
      },
    );
  await rejected({ fixed: ["length"] }, "ERR_DOMAIN", /no hyper-parameter length, but scale/);
  await rejected({ bounds: { scale: [2, 3] } }, "ERR_DOMAIN", /bounds.scale.*1.7, got 2 and 3/);
  await rejected({ restarts: -1 }, "ERR_DOMAIN", /restarts/);
  await rejected({ noise: -1 }, "ERR_DOMAIN", /noise/);
});

test("a diagonal that is not positive gets no jitter", () => {
  const bad = kernelFrom(() => -1, 1);
  assert.throws(() => GaussianProcess.fit(bad, matrix(2, 1, [0, 1]), [1, 2]), {
    code: "ERR_NUMERIC",
    message: /with jitter 0 /,
  });
});

test("a gradient that overflows is an error, not NaN", () => {
  const kernel = new GaussianKernel({ dimension: 1 });
  const process = GaussianProcess.fit(kernel, matrix(1, 1), [1e200]);
  assert.throws(() => process.logMarginalLikelihoodGradient(), { code: "ERR_NUMERIC" });
});
