import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import { GaussianKernel, kernelFrom, Matern32Kernel } from "../standard/index.ts";
import { KernelRidge } from "./index.ts";

const x = matrix(
  8,
  2,
  [0.05, 0.9, 0.2, 0.3, 0.35, 0.75, 0.5, 0.1, 0.65, 0.6, 0.8, 0.95, 0.95, 0.4, 0.4, 0.45],
);
const y = matrix(8, 2);
for (let i = 0; i < 8; i++) {
  const [a, b] = [x.data[2 * i]!, x.data[2 * i + 1]!];
  y.data.set([Math.sin(5 * a) + b ** 2, Math.cos(3 * b)], 2 * i);
}
const at = matrix(3, 2, [0.1, 0.1, 0.5, 0.5, 0.9, 0.7]);
const kernel = new GaussianKernel({ dimension: 2, lengthscales: 0.4 });

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    assert.ok(
      error <= tolerance * (1 + Math.abs(expected[i]!)),
      `${i}: ${actual[i]}, ${expected[i]}`,
    );
  }
}

// scikit-learn 1.9.1: KernelRidge(alpha=.02, kernel="rbf", gamma=1 / (2 * .4**2)).fit(x, y):
// dual_coef_, predict(at), cross_val_predict(..., x, y, cv=LeaveOneOut())
const coefficients = [
  -0.6020010068295941, -1.197434396607623, -0.8743327061056237, 1.0486187538907423,
  2.7669631251433566, 0.788633013183898, 0.952510776073805, 0.7767724201973374, -2.0244738391994215,
  0.017474620902341892, 0.2161178792116024, -1.1437535331056805, -0.8150858022371781,
  0.6050591314846581, 1.1309324916230112, -1.2186432092580584,
];
const predictions = [
  0.5194091284077945, 0.7782135569001456, 0.848597111678337, 0.08537318566254808,
  -0.542231799778374, -0.4196872007256945,
];
const leftOut = [
  1.2901064304004752, -0.4412059009899404, 1.1214899086400085, 0.39371341844124697,
  1.1522667439355876, -0.7405330087380902, 0.20886552206244827, 0.6294573382255713,
  0.47617954326838724, -0.22913882628165821, 0.04761340230806255, -0.4386999734523233,
  -0.496982022932723, 0.10825167848916933, 1.024138555667175, 0.3134640387562139,
];

test("scikit-learn's coefficients, predictions and leave-one-out predictions", async () => {
  const fit = KernelRidge.fit(kernel, x, y, { ridge: 0.02 });
  close(fit.coefficients.data, coefficients, 1e-12);
  close(fit.predict(at).data, predictions, 1e-12);
  close(fit.leaveOneOut().data, leftOut, 1e-12);
  await using pool = await ThreadPool.create({ threads: 2 });
  const pooled = await KernelRidge.fit(kernel, x, y, { ridge: 0.02, pool });
  close((await pooled.predict(at, { pool })).data, predictions, 1e-12);
  close((await pooled.leaveOneOut({ pool })).data, leftOut, 1e-12);
});

test("a vector is one output", () => {
  const first = y.data.filter((_, i) => i % 2 === 0);
  const fit = KernelRidge.fit(kernel, x, first, { ridge: 0.02 });
  close(
    fit.predict(at).data,
    predictions.filter((_, i) => i % 2 === 0),
    1e-12,
  );
});

test("the chosen ridge has the least score, and the scores are what they say", async () => {
  const ridges = [1e-4, 1e-3, 1e-2, 0.1, 1];
  const error = (ridge: number) => {
    const predicted = KernelRidge.fit(kernel, x, y, { ridge }).leaveOneOut();
    return predicted.data.reduce((sum, v, i) => sum + (v - y.data[i]!) ** 2 / 16, 0);
  };
  const chosen = KernelRidge.choose(kernel, x, y, { ridges });
  close(chosen.choice!.scores, ridges.map(error), 1e-9);
  assert.equal(
    chosen.choice!.scores[ridges.indexOf(chosen.ridge)],
    Math.min(...chosen.choice!.scores),
  );
  close(
    chosen.predict(at).data,
    KernelRidge.fit(kernel, x, y, { ridge: chosen.ridge }).predict(at).data,
    1e-12,
  );
  // GCV by its definition, the residual of the fit over the mean of I - K (K + ridge)^-1.
  const gcv = KernelRidge.choose(kernel, x, y, { ridges, criterion: "gcv" });
  const score = (ridge: number) => {
    const fitted = KernelRidge.fit(kernel, x, y, { ridge }).predict(x).data;
    const eye = matrix(
      8,
      8,
      Array.from({ length: 64 }, (_, i) => (i % 9 === 0 ? 1 : 0)),
    );
    const hat = KernelRidge.fit(kernel, x, eye, { ridge }).predict(x).data;
    let trace = 0;
    for (let i = 0; i < 8; i++) trace += (1 - hat[9 * i]!) / 8;
    return fitted.reduce((sum, v, i) => sum + (v - y.data[i]!) ** 2 / 16, 0) / trace ** 2;
  };
  close(gcv.choice!.scores, ridges.map(score), 1e-9);
  await using pool = await ThreadPool.create({ threads: 2 });
  const pooled = await KernelRidge.choose(kernel, x, y, { ridges, pool });
  assert.equal(pooled.ridge, chosen.ridge);
});

test("by default noisy data get a ridge that generalises", () => {
  const rng = new Rng(3);
  const truth = (t: number) => Math.sin(4 * t);
  const t = matrix(80, 1, rng.fillUniform(new Float64Array(80)));
  const noisy = t.data.map((v) => truth(v) + 0.3 * rng.normal());
  const smooth = new Matern32Kernel({ dimension: 1, lengthscales: 0.5 });
  const grid = matrix(
    50,
    1,
    Array.from({ length: 50 }, (_, i) => i / 50),
  );
  const error = (fit: KernelRidge) =>
    fit.predict(grid).data.reduce((sum, v, i) => sum + (v - truth(i / 50)) ** 2 / 50, 0);
  const chosen = error(KernelRidge.choose(smooth, t, noisy));
  assert.ok(chosen < 0.02, `${chosen}`);
  assert.ok(chosen < error(KernelRidge.fit(smooth, t, noisy)) / 3);
});

test("bad input is refused by name", () => {
  const refused = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  const fit = (...args: unknown[]) => KernelRidge.fit(...(args as [never, never, never]));
  const choose = (o: object) => KernelRidge.choose(kernel, x, y, o as never);
  refused(() => fit(null, x, y), "ERR_TYPE", /KernelRidge.fit: kernel/);
  refused(() => fit(kernel, x, matrix(7, 2)), "ERR_SHAPE", /8, got 7/);
  refused(() => fit(kernel, x, "y"), "ERR_TYPE", /y must be/);
  refused(
    () => fit(kernel, x, matrix(8, 1, [1, 2, 3, 4, 5, 6, 7, Number.NaN])),
    "ERR_DOMAIN",
    /NaN/,
  );
  refused(() => fit(kernel, x, y, { ridge: 0 }), "ERR_DOMAIN", /ridge.*got 0/);
  refused(() => fit(kernel, matrix(0, 2), matrix(0, 1)), "ERR_DOMAIN", /at least one row/);
  refused(() => choose({ ridges: [] }), "ERR_SHAPE", /ridges/);
  refused(() => choose({ ridges: [1, -1] }), "ERR_DOMAIN", /ridges\[1\]/);
  refused(() => choose({ criterion: "aic" }), "ERR_TYPE", /criterion.*"aic"/);
  const indefinite = kernelFrom((a, b) => -a[0]! * b[0]!, 2);
  refused(() => fit(indefinite, x, y, { ridge: 1e-3 }), "ERR_NUMERIC", /KernelRidge.fit.*pivot/);
  refused(() => KernelRidge.fit(kernel, x, y).predict(matrix(1, 1)), "ERR_SHAPE", /predict: x/);
});

test("a kernel whose diagonal gives no ridges is no matter of the ridges", () => {
  for (const value of [0, -1]) {
    const bad = kernelFrom(() => value, 2);
    assert.throws(() => KernelRidge.choose(bad, x, y), {
      code: "ERR_NUMERIC",
      message: /mean of the kernel's diagonal/,
    });
    assert.throws(() => KernelRidge.fit(bad, x, y), { code: "ERR_NUMERIC" });
  }
  assert.throws(() => KernelRidge.choose(kernel, x, matrix(8, 0)), {
    code: "ERR_SHAPE",
    message: /y must have at least one column/,
  });
});
