import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import {
  CustomFun,
  FourBranch2d,
  type Integrand,
  Multimodal2d,
  Sin1d,
} from "../integrands/index.ts";
import { Uniform } from "../measures/uniform.ts";
import { IIDStdUniform } from "../sequences/iid-std-uniform.ts";
import { Sobol } from "../sequences/sobol.ts";
import {
  type IntegrationProgress,
  PFGPCI,
  type PFGPCIOptions,
  PFSampleErrorDensityAR,
  type SavedState,
  type Suggester,
  SuggesterSimple,
} from "./index.ts";

const below = { failureThreshold: 0, failureAboveThreshold: false };
const net = (dimension: number, seed: number) => new Sobol({ dimension, seed });

/** The share of 2^18 points of another net where the function is at most 0. */
async function shareBelow(integrand: Integrand): Promise<number> {
  const n = 2 ** 18;
  const points = net(integrand.sequence.dimension, 1234).points({ nMax: n });
  const values = await integrand.f(points.data, n);
  return values.reduce((count, v) => count + (v <= 0 ? 1 : 0), 0) / n;
}

/** How many of the seeds give an interval without the truth. */
async function misses(
  rule: (seed: number) => PFGPCI,
  truth: number,
  seeds: number,
): Promise<number> {
  let missed = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { bounds, solution, converged, n } = await rule(31 * seed).integrate();
    const inside = bounds.lower[0]! <= truth && truth <= bounds.upper[0]!;
    if (!inside) missed++;
    assert.ok(converged, `seed ${seed}: ${n}`);
    assert.ok(bounds.lower[0]! <= solution[0]! && solution[0]! <= bounds.upper[0]!);
    assert.ok(bounds.lower[0]! >= 0 && bounds.upper[0]! <= 1);
  }
  return missed;
}

const sine = (seed: number, options: Partial<PFGPCIOptions> = {}) =>
  new PFGPCI(new Sin1d(net(1, seed), { k: 3 }), {
    failureThreshold: 0.5,
    failureAboveThreshold: true,
    nInit: 8,
    nApprox: 2 ** 13,
    seed,
    ...options,
  });

test("Sin1d fails above 1/2 for a third of the interval", async () => {
  assert.equal(await misses((seed) => sine(seed), 1 / 3, 10), 0);
});

test("the other side is the complement", async () => {
  const { solution } = await sine(3, { failureAboveThreshold: false }).integrate();
  assert.ok(Math.abs(solution[0]! - 2 / 3) < 5e-3);
});

test("Multimodal2d: the interval holds the truth on six seeds", async () => {
  const make = (seed: number) => new Multimodal2d(net(2, seed));
  const options = { ...below, alpha: 0.1, absTol: 0.01, nApprox: 2 ** 14 };
  const rule = (seed: number) => new PFGPCI(make(seed), { ...options, seed });
  assert.equal(await misses(rule, await shareBelow(make(1)), 6), 0);
});

test("FourBranch2d, which has kinks: the interval holds the truth on five seeds", async () => {
  const make = (seed: number) => new FourBranch2d(net(2, seed));
  const options = { ...below, alpha: 0.1, absTol: 0.05, nApprox: 2 ** 13 };
  const rule = (seed: number) => new PFGPCI(make(seed), { ...options, seed });
  assert.equal(await misses(rule, await shareBelow(make(1)), 5), 0);
});

test("the tests above can fail: a process that knows nothing but a mean is wrong", async () => {
  // a covariance that never decays and noise that explains what the constant leaves
  const kernel = new GaussianKernel({ dimension: 2, scale: 100, lengthscales: 1e3 });
  const options = { ...below, kernel, noise: 25, refit: "never", nApprox: 2 ** 13 } as const;
  const make = (seed: number) => new FourBranch2d(net(2, seed));
  const rule = (seed: number) => new PFGPCI(make(seed), { ...options, seed });
  assert.equal(await misses(rule, await shareBelow(make(1)), 3), 3);
});

const branches = (seed: number, options: PFGPCIOptions) =>
  new PFGPCI(new FourBranch2d(net(2, seed)), { nBatch: 16, nApprox: 2 ** 12, seed, ...options });

test("hyper-parameters that stay as they were first fitted are found out", async () => {
  // QMCPy's default: the first fit knows little of the kinks, and the process is too sure of itself
  const options = { absTol: 1e-3, nLimit: 144 };
  const once = await branches(1, { ...options, refit: "once" }).integrate();
  assert.deepEqual(once.flags, ["surprised"]);
  const adaptive = await branches(1, options).integrate();
  assert.deepEqual(adaptive.flags, []);
  assert.notDeepEqual(adaptive.state().data.parameters, once.state().data.parameters);
  const width = ({ bounds }: typeof once) => bounds.upper[0]! - bounds.lower[0]!;
  assert.ok(width(adaptive) > 2 * width(once), "and believes less after the same points");
});

test("an interval does not count while observations surprise", async () => {
  const absTol = 0.3;
  let doubted = 0;
  for await (const step of branches(1, { absTol, nLimit: 144, refit: "once" }).run()) {
    const [lower, upper, at] = [step.bounds.lower[0]!, step.bounds.upper[0]!, step.solution[0]!];
    if (upper - at <= absTol && at - lower <= absTol && step.flags.includes("surprised")) {
      doubted++;
      assert.equal(step.met[0], 0);
    }
  }
  assert.ok(doubted > 0);
});

test("a run continues from its saved state as if it had never stopped", async () => {
  const loose = await sine(4, { absTol: 0.2, nBatch: 2 }).integrate();
  const saved = JSON.parse(JSON.stringify(loose.state())) as SavedState;
  const before = structuredClone(saved);
  const resumed = await sine(4, { nBatch: 2 }).integrate({ resume: saved });
  const direct = await sine(4, { nBatch: 2 }).integrate();
  assert.deepEqual(saved, before, "the state that was given is not changed");
  assert.ok(loose.converged && resumed.n > loose.n);
  assert.equal(resumed.n, direct.n);
  assert.ok(Math.abs(resumed.solution[0]! - direct.solution[0]!) < 1e-9);
  assert.ok(Math.abs(resumed.bounds.lower[0]! - direct.bounds.lower[0]!) < 1e-6);
  assert.deepEqual(
    (resumed.state().data.x as number[]).slice(0, 8),
    (direct.state().data.x as number[]).slice(0, 8),
  );
  const again = await sine(4, { absTol: 0.2, nBatch: 2 }).integrate({ resume: saved });
  assert.equal(again.n, loose.n, "a tolerance that is met takes no points");
});

test("a state that does not fit is refused", async () => {
  const { state } = await sine(4).integrate();
  const other = sine(4, { failureThreshold: 0.4 }).integrate({ resume: state() });
  await assert.rejects(other, { code: "ERR_DATA", message: /failureThreshold: saved with 0.5/ });
  const damaged = { ...state(), data: { x: [0.5], y: [1, 2] } };
  await assert.rejects(sine(4).integrate({ resume: damaged }), { code: "ERR_DATA" });
});

test("cancelled, and resumed from the last progress", async () => {
  const controller = new AbortController();
  let last: IntegrationProgress | undefined;
  const running = sine(6).integrate({
    signal: controller.signal,
    onProgress: (progress) => {
      last ??= progress;
      controller.abort(new Error("enough"));
    },
  });
  await assert.rejects(running, /enough/);
  const { converged, n } = await sine(6).integrate({ resume: last!.state() });
  assert.ok(converged && n > 8);
});

test("earlier evaluations serve as the first ones", async () => {
  const integrand = new Sin1d(net(1, 2), { k: 3 });
  const x = matrix(8, 1, new IIDStdUniform({ seed: 3 }).points({ nMax: 8 }).data);
  const y = await integrand.f(x.data, 8);
  const { state, converged } = await sine(2, {
    nInit: 8,
    initSamples: { x, y },
  }).integrate();
  assert.ok(converged);
  assert.deepEqual((state().data.x as number[]).slice(0, 8), [...x.data]);
  assert.deepEqual((state().data.y as number[]).slice(0, 8), [...y]);
});

test("adaptive points are where the process errs, and save evaluations", async () => {
  const adaptive = await sine(2, { suggester: new PFSampleErrorDensityAR() }).integrate();
  const simple = await sine(2, { suggester: new SuggesterSimple(net(1, 9)) }).integrate();
  assert.ok(adaptive.converged && simple.converged);
  assert.ok(adaptive.n < simple.n, `${adaptive.n} and ${simple.n}`);
  const suggested = (simple.state().data.x as number[]).slice(8);
  assert.deepEqual(suggested, [...net(1, 9).points({ nMax: 512 }).data.slice(0, suggested.length)]);
  // sin(6 pi u) = 1/2 at u = 1/36, 5/36, and so on: a third of these points is at most 0.02 away
  const roots = [1, 5, 13, 17, 25, 29].map((k) => k / 36);
  const near = (u: number) => roots.some((root) => Math.abs(u - root) < 0.02);
  const share = (x: number[]) => x.filter(near).length / x.length;
  const chosen = share((adaptive.state().data.x as number[]).slice(8));
  assert.ok(chosen > share(suggested), `${chosen} and ${share(suggested)}`);
});

test("a relative tolerance, for small probabilities", async () => {
  const failureThreshold = Math.sin(0.49 * Math.PI);
  const options = { absTol: 0, relTol: 0.1, nInit: 32, nApprox: 2 ** 16 };
  const { solution, converged } = await sine(3, { failureThreshold, ...options }).integrate();
  assert.ok(converged);
  assert.ok(Math.abs(solution[0]! / 0.01 - 1) < 0.1, `${solution[0]}`);
});

test("a tolerance finer than the nodes ends the run with a flag", async () => {
  const { flags, converged, n } = await sine(2, { absTol: 1e-4, nApprox: 64 }).integrate();
  assert.deepEqual(flags, ["cubature"]);
  assert.equal(converged, false);
  assert.ok(n < 1000);
});

test("the limit of points ends a run that is not converged", async () => {
  const { n, converged } = await sine(2, { nLimit: 15 }).integrate();
  assert.equal(n, 15);
  assert.equal(converged, false);
});

const refused: Record<string, [() => unknown, string, RegExp]> = {
  "options that are none": [
    () => new PFGPCI(new Sin1d(net(1, 1)), 3 as never),
    "ERR_TYPE",
    /options must be an object/,
  ],
  "a threshold that is NaN": [
    () => sine(1, { failureThreshold: Number.NaN }),
    "ERR_DOMAIN",
    /failureThreshold.*got NaN/,
  ],
  "no side": [
    () => sine(1, { failureAboveThreshold: "yes" as never }),
    "ERR_TYPE",
    /failureAboveThreshold must be a boolean/,
  ],
  "several outputs": [
    () => new PFGPCI(new CustomFun(new Uniform(net(1, 1)), (x) => x, { outputs: 2 }), below),
    "ERR_DOMAIN",
    /one output, got 2/,
  ],
  replications: [
    () => new PFGPCI(new Sin1d(new Sobol({ dimension: 1, replications: 4 })), below),
    "ERR_DOMAIN",
    /1 replication, got 4/,
  ],
  "importance sampling": [
    () => new PFGPCI(new CustomFun(new Uniform(new Uniform(net(1, 1))), (x) => x), below),
    "ERR_DOMAIN",
    /importance weights/,
  ],
  "too few first points": [() => sine(1, { nInit: 1 }), "ERR_DOMAIN", /nInit.*>= 2, got 1/],
  "a limit below them": [() => sine(1, { nLimit: 7 }), "ERR_DOMAIN", /nLimit.*>= 8, got 7/],
  "no batch": [() => sine(1, { nBatch: 0 }), "ERR_DOMAIN", /nBatch.*got 0/],
  "odd nodes": [() => sine(1, { nApprox: 1000 }), "ERR_DOMAIN", /power of two.*got 1000/],
  alpha: [() => sine(1, { alpha: 1 }), "ERR_DOMAIN", /alpha.*got 1/],
  "a tolerance": [() => sine(1, { absTol: -1 }), "ERR_DOMAIN", /absTol.*got -1/],
  "a suggester": [() => sine(1, { suggester: {} as never }), "ERR_TYPE", /suggester/],
  "when to refit": [() => sine(1, { refit: "often" as never }), "ERR_DOMAIN", /refit.*got often/],
  "a kernel of another dimension": [
    () => sine(1, { kernel: new GaussianKernel({ dimension: 2 }) }),
    "ERR_DOMAIN",
    /dimension 1, got 2/,
  ],
  noise: [() => sine(1, { noise: -1 }), "ERR_DOMAIN", /noise.*got -1/],
  "samples of another shape": [
    () => sine(1, { nInit: 2, initSamples: { x: matrix(2, 1, [0.1, 0.2]), y: [1] } }),
    "ERR_SHAPE",
    /got 2 of 1, and 1/,
  ],
  "replications for a suggester": [
    () => new SuggesterSimple(new Sobol({ dimension: 1, replications: 2 })),
    "ERR_DOMAIN",
    /1 replication, got 2/,
  ],
};
for (const [what, [run, code, message]] of Object.entries(refused)) {
  test(`refused: ${what}`, () => assert.throws(run, { code, message }));
}

test("suggestions outside the cube or of another shape are refused", async () => {
  const from = (x: number[], cols = 1): Suggester => ({
    suggest: () => matrix(x.length / cols, cols, x),
  });
  const outside = sine(1, { suggester: from([0.5, 0.5, 0.5, 1.5]) }).integrate();
  await assert.rejects(outside, { code: "ERR_DOMAIN", message: /\[0, 1\), got 1.5/ });
  const few = sine(1, { suggester: from([0.5]) }).integrate();
  await assert.rejects(few, {
    code: "ERR_SHAPE",
    message: /4 points of 1 coordinates, got 1 of 1/,
  });
});
