import { kdeRegimes, leaveOneOut, NearEdge } from "@daily-kernel/density";
import { defineRoom } from "@daily-kernel/reproduction";
import {
  type Choice,
  type Choose,
  choose,
  gaussianLike,
  leading,
  type Principal,
  principalDigits,
} from "./digits.ts";
import {
  type Direct,
  dimension,
  directWith,
  logDensity,
  meanZ,
  normality,
  points,
  tailIndex,
  tailMeasurement,
} from "./direct.ts";
import { bestRatio, type Edge, largestZ, type Mean, simulate } from "./edge.ts";
import * as figures from "./figures.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";

interface Subject {
  readonly direct: Direct;
  readonly edge: Edge;
  readonly regimes: typeof kdeRegimes;
  readonly digits: (lab: Parameters<typeof principalDigits>[0]) => Promise<Principal>;
  readonly choose: Choose;
}

const subject: Subject = {
  direct: directWith(logDensity),
  edge: (options) => new NearEdge(options),
  regimes: kdeRegimes,
  digits: principalDigits,
  choose: leaveOneOut,
};

const alpha = 0.5;
const shares = [0.5, 0.9];
const dimensions = [26, 60, 120, 240, 480];

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { direct, edge, regimes, digits, choose: looks }) {
    const full = lab.preset === "full";

    const { hG } = regimes({ n: points, d: dimension });
    const indexed = full ? [0.5, 0.6, 0.7, 0.8, 1, 1.2] : [0.5, 0.8];
    const ratios = full ? [...indexed, 1.8, 2.5] : [...indexed, 2.5];
    const end = full ? 0.6 : 0.5;
    const logs = await direct(
      lab.rng("direct"),
      full ? 2000 : 200,
      ratios.map((ratio) => ratio * hG),
      (done) => lab.progress(end * done, "estimating at typical points of new data sets"),
    );
    const at = (ratio: number) => logs[ratios.indexOf(ratio)]!;
    lab.figure(figures.tailFigure(logs, ratios));
    lab.measure("mean-exact", meanZ(at(2.5), 2.5 * hG));
    const found = indexed.map((ratio) => tailIndex(at(ratio), ratio));
    lab.figure(figures.indexFigure(found));
    const heavy = found.filter(({ ratio }) => ratio ** 2 < 0.7);
    lab.measure("tail-index-predicted", tailMeasurement(heavy, at(0.5).length));
    lab.measure("not-normal-below", normality(at(0.8), lab.rng("normal")));
    lab.measure("normal-above", normality(at(2.5), lab.rng("normal")));

    const near = full ? 5000 : 1000;
    const drawsOf = (d: number) => (full ? 6000 : d === 240 ? 4000 : 1000);
    const means: Mean[] = [];
    for (const [k, d] of dimensions.entries()) {
      const setting = {
        d,
        alpha,
        hG: regimes({ n: Math.exp(alpha * d), d }).hG,
        draws: drawsOf(d),
        points: near,
      };
      const breathe = (done: number) =>
        lab.progress(end + 0.03 * (k + done), `simulating ${d} dimensions`);
      means.push(...(await simulate(edge, setting, shares, lab.rng(`edge ${d}`), breathe)));
      lab.figure(figures.participationFigure(means, shares));
    }
    const simulated = { kind: "rounding", tolerance: 1e-6 } as const;
    const half = means.find(({ d, ratio }) => d === 240 && ratio === 0.5)!;
    lab.measure("few-points-dominate", {
      ...simulated,
      value: half.participation,
      n: drawsOf(240),
      interval: [
        half.participation - 2 * half.participationError,
        half.participation + 2 * half.participationError,
      ],
      controls: means
        .filter(({ ratio }) => ratio === 0.5)
        .map(({ d, expected }) => ({
          label: `by quadrature, ${d} dimensions`,
          value: expected.participation,
        })),
      note: `e^120 points: only the ${near} nearest are drawn, as a Poisson process; the others enter through their mean, whose standard deviation is at most ${half.truncation.toExponential(0)} of the sum.`,
    });
    lab.measure("simulation-is-exact", {
      ...simulated,
      value: largestZ(means),
      n: drawsOf(26),
      unit: "standard errors",
      note: `The largest of ${2 * means.length} comparisons: mean log density and mean participation in ${dimensions.length} dimensions at ${shares.join(" and ")} h_G.`,
    });
    const wrongSteps = shares.flatMap((ratio) => {
      const own = means.filter((mean) => mean.ratio === ratio);
      const values = [...own.map(({ expected }) => expected.participation), 1 - ratio ** 2];
      return values.slice(1).filter((value, k) => !(value < values[k]!));
    });
    lab.measure("participation-falls-to-limit", {
      kind: "exact",
      value: wrongSteps.length,
      n: means.length,
    });

    const grid = Array.from({ length: 16 }, (_, k) => 0.88 + 0.02 * k);
    const curves: Mean[][] = [];
    for (const [k, d] of (full ? dimensions : [26, 480]).entries()) {
      const setting = {
        ...{ d, alpha, hG: regimes({ n: Math.exp(alpha * d), d }).hG },
        draws: full ? 1000 : 100,
        points: 5000,
      };
      const breathe = (done: number) =>
        lab.progress(
          end + 0.15 + 0.03 * (k + done),
          `seeking the best bandwidth in ${d} dimensions`,
        );
      curves.push(await simulate(edge, setting, grid, lab.rng(`best ${d}`), breathe));
      lab.figure(figures.bestFigure(curves));
    }
    const bests = curves.map((curve) => ({ d: curve[0]!.d, ...bestRatio(curve) }));
    const last = bests.at(-1)!;
    lab.measure("best-bandwidth-frozen", {
      kind: "exact",
      value: last.simulated,
      n: full ? 1000 : 100,
      controls: [
        ...bests.map(({ d, quadrature }) => ({
          label: `by quadrature, ${d} dimensions`,
          value: quadrature,
        })),
        { label: "infinite dimension", value: limitingRatio(regimes) },
      ],
      note: "On a grid of steps of 0.02, at a typical query of squared norm d. In 26 dimensions, where e^13 points fit in memory, the best lies above the freezing bandwidth: that is the size of the edge's correction, not a counterexample.",
    });

    await lab.attempt(["digits-best-bandwidth-frozen", "digits-few-points-dominate"], async () => {
      await lab.progress(0.8, "reading digits");
      const principal = await digits(lab);
      const choices: Choice[] = [];
      for (const d of full ? [20, 50] : [20]) {
        const part = leading(principal, d);
        for (const [label, data] of [
          [`digits, ${d} components`, part.coordinates],
          [`Gaussian, same ${d} variances`, gaussianLike(part, lab.rng(`gaussian ${d}`))],
        ] as const) {
          await lab.progress(0.9, `leaving one out: ${label}`);
          choices.push(await choose(lab, looks, regimes, label, data, part.spectrum));
          lab.figure(figures.digitsFigure(choices));
        }
      }
      const real = choices[0]!;
      const n = full ? 1000 : 500;
      lab.measure("digits-best-bandwidth-frozen", {
        kind: "exact",
        value: real.best,
        n,
        controls: [
          ...choices.slice(1).map(({ label, best }) => ({ label, value: best })),
          { label: "Scott's rule on the digits", value: real.scott },
        ],
        note: `6,000 digits, grid of steps of 0.05; ${real.duplicates} queries have a duplicate. Gaussian data of the same covariance and size prefers a larger bandwidth: the digits' small one comes from their clusters and low intrinsic dimension as much as from freezing.`,
      });
      lab.measure("digits-few-points-dominate", {
        kind: "rounding",
        tolerance: 1e-9,
        value: real.participation,
        n,
        controls: [
          { label: "mean largest weight", value: real.largestWeight },
          ...choices
            .slice(1)
            .map((c) => ({ label: `${c.label}, at its best`, value: c.participation })),
        ],
      });
    });
  },
});

/** h_KL / h_G in the limit. */
function limitingRatio(regimes: typeof kdeRegimes): number {
  const { hKl, hG } = regimes({ n: Math.exp(alpha * 100), d: 100 });
  return hKl / hG;
}
