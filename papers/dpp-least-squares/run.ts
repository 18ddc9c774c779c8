import { defineRoom } from "@daily-kernel/reproduction";
import {
  hermite,
  type LeastSquaresFit,
  repeatDpp,
  rkhsConstant,
  sampleIid,
  sampleProjectionDpp,
  sampleVolume,
  thin,
  weightedLeastSquares,
} from "@daily-kernel/sampling";
import { kernelBound, type SupConstant } from "./bounds.ts";
import { drawSeconds } from "./cost.ts";
import { higherDimensions } from "./dimensions.ts";
import * as figures from "./figures.ts";
import { type Laws, m, measureGrid } from "./grid.ts";
import { countScores } from "./identities.ts";
import { multipleNeeded } from "./needed.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { measureTable } from "./table.ts";
import { targetOf } from "./target.ts";
import { thinned } from "./thinned.ts";
import { type Draw, repeat, type Trials } from "./trials.ts";

const repeated: Draw = (basis, n, rng) => repeatDpp(basis, Math.round(n / basis.features), rng);
const subject = {
  drawOnce: sampleProjectionDpp,
  repeated,
  volume: sampleVolume as Draw,
  independent: sampleIid as Draw,
  naive: ((basis, n, rng) => sampleIid(basis, n, rng, { proposal: "measure" })) as Draw,
  fit: weightedLeastSquares,
  supConstant: (({ supNormConstant }: LeastSquaresFit) => supNormConstant) as SupConstant,
  kernelConstant: rkhsConstant,
  thin,
};

const rounding = { kind: "rounding", tolerance: 1e-6 } as const;
const infinite =
  "The mean over independent points is made by a few runs and grows with their number; the ratio of medians stands beside it.";

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, subject) {
    const full = lab.preset === "full";
    const { fit } = subject;
    const runs = full ? 10_000 : 1000;
    const many = full ? 20_000 : 5000;
    const laws = [
      ["repeated determinantal draws", subject.repeated, "repeated"],
      ["volume sampling", subject.volume, "volume"],
      ["independent, optimal density", subject.independent, "independent"],
      ["independent, of the measure", subject.naive, "naive"],
    ] as const satisfies Laws;
    const [[dpp], , [iid], [naive]] = laws;
    for (const figure of figures.pointsFigure(laws, lab.seed)) lab.figure(figure);

    const end = full ? 0.25 : 0.6;
    const { target, grid, bias, inverseDeviation, broken } = await measureGrid(
      {
        laws,
        fit,
        supConstant: subject.supConstant,
        sizes: full ? [10, 20, 40, 80, 160] : [10, 20, 40],
        runs,
        many,
        rng: (name) => lab.rng(name),
      },
      (done) => lab.progress(end * done, "fitting on the interval"),
      (grid) => lab.figure(figures.errorFigure(grid, m)),
    );
    lab.figure(figures.tailFigure(grid, 2 * m));
    const at = (label: string, n: number): Trials => grid.get(label)!.get(n)!;
    const others = (n: number, pick: (trials: Trials) => number) =>
      laws.slice(1).map(([label]) => ({ label, value: pick(at(label, n)) }));

    lab.measure("volume-sampling-unbiased", {
      ...rounding,
      value: bias.volume,
      n: many,
      controls: [{ label: `independent, optimal density, ${runs} runs`, value: bias.independent }],
      note: "Independent points from the optimal density are visibly biased at 20 points; rescaling their law by the determinant takes the bias away exactly.",
    });
    lab.measure("mean-inverse-gram", { ...rounding, value: inverseDeviation, n: many });
    const least = at(dpp, m);
    lab.measure("error-at-minimal-size", {
      ...rounding,
      value: least.mean,
      n: runs,
      controls: [
        { label: "standard error of the mean", value: least.standardError },
        { label: "theory, 1 + m", value: 1 + m },
        { label: "median", value: least.median },
        ...others(m, ({ mean }) => mean),
      ],
    });
    const two = at(dpp, 2 * m);
    lab.measure("repeated-draws-near-optimal", {
      ...rounding,
      value: two.mean,
      n: runs,
      controls: [
        { label: "standard error of the mean", value: two.standardError },
        { label: "median", value: two.median },
        ...others(2 * m, ({ mean }) => mean),
      ],
    });
    const loose = at(iid, 2 * m);
    lab.measure("independent-points-worse", {
      ...rounding,
      value: loose.mean / two.mean,
      n: runs,
      controls: [
        { label: "ratio of medians", value: loose.median / two.median },
        { label: "ratio of 95 % quantiles", value: loose.upper / two.upper },
      ],
      note: infinite,
    });
    lab.measure("repeated-draws-stable", {
      ...rounding,
      value: at(dpp, 4 * m).unstable,
      n: runs,
      controls: others(4 * m, ({ unstable }) => unstable),
    });
    lab.measure("independent-points-unstable", {
      ...rounding,
      value: at(iid, 4 * m).unstable,
      n: runs,
    });
    lab.measure("sure-bound-never-broken", {
      ...rounding,
      value: broken.value,
      n: broken.n,
      controls: [{ label: "largest share of the bound that a run used", value: broken.tightest }],
      note: "All laws and sizes together; the best error in the maximum norm is taken as that of Chebyshev's interpolant, at most 3.5 times larger.",
    });

    await lab.progress(end, "counting points");
    const counted = await countScores(
      subject.drawOnce,
      full ? 40_000 : 5000,
      lab.rng("counts"),
      (done) => lab.progress(end + 0.05 * done, "counting points"),
    );
    lab.measure("counts-determinantal", {
      ...rounding,
      value: counted.value,
      n: counted.n,
      controls: [
        { label: "variance in half the interval, determinantal", value: counted.variance },
        { label: "the same for independent points", value: counted.independent },
      ],
    });

    const line = await targetOf(
      [hermite()],
      m - 1,
      ([x]) => Math.exp(-((x! - 1) ** 2) / 4),
      200,
      () => lab.progress(end + 0.05, "finding the best fit on the line"),
    );
    const onLine = new Map<string, Trials>();
    for (const [label, draw] of laws.filter(([, , law]) => law !== "volume")) {
      const rng = lab.rng(`line ${label}`);
      const breathe = (done: number) =>
        lab.progress(end + 0.05 + 0.02 * done, "fitting on the line");
      onLine.set(label, await repeat(line, () => draw(line.basis, 2 * m, rng), fit, runs, breathe));
    }
    lab.measure("repeated-draws-on-the-line", {
      ...rounding,
      value: onLine.get(dpp)!.mean,
      n: runs,
      controls: [
        { label: iid, value: onLine.get(iid)!.mean },
        { label: naive, value: onLine.get(naive)!.mean },
      ],
    });

    const kernelDraws = [subject.repeated, subject.volume, subject.independent];
    const inKernel = await kernelBound(
      kernelDraws,
      fit,
      subject.kernelConstant,
      full ? 3000 : 300,
      lab.rng("kernel"),
      (done) => lab.progress(end + 0.08 + 0.05 * done, "fitting in the span of kernel sections"),
    );
    lab.measure("kernel-bound-never-broken", {
      ...rounding,
      value: inKernel.value,
      n: inKernel.n,
      controls: [{ label: "largest share of the bound that a run used", value: inKernel.tightest }],
    });

    const few = await thinned(target, subject, full ? 1000 : 100, lab.rng("thin"), (done) =>
      lab.progress(end + 0.13 + 0.03 * done, "removing points"),
    );
    lab.measure("thinning-keeps-few", { ...rounding, ...few });

    const dimensions = full ? [10, 20, 40] : [10];
    const multiples: Record<string, number[]> = {};
    const ratios: number[] = [];
    for (const [k, size] of dimensions.entries()) {
      const found: number[] = [];
      for (const [label, draw] of laws.slice(0, 3)) {
        const rng = lab.rng(`needed ${size} ${label}`);
        const span = full ? 0.3 : 0.1;
        const breathe = (done: number) =>
          lab.progress(
            end + 0.16 + (span * (k + done)) / dimensions.length,
            `${label}, ${size} coefficients`,
          );
        found.push(await multipleNeeded(draw, fit, size, full ? 400 : 100, rng, breathe));
        multiples[label] = [...(multiples[label] ?? []), found.at(-1)!];
      }
      ratios.push(found[2]! / found[0]!);
    }
    lab.figure(figures.neededFigure(dimensions, multiples));
    lab.measure("repeated-draws-need-half", {
      ...rounding,
      value: Math.min(...ratios),
      n: full ? 400 : 100,
      controls: Object.entries(multiples).map(([label, found]) => ({
        label: `${label}, points over m at m = ${dimensions.at(-1)}`,
        value: found.at(-1)!,
      })),
    });

    await lab.progress(0.85, "timing a draw");
    const timed = await drawSeconds(subject.drawOnce, 19, full ? 15 : 7, lab.rng("cost"), () =>
      lab.progress(0.85, "timing a draw"),
    );
    lab.measure("large-draw-cheap", { kind: "timing", ...timed, unit: "s" });

    await lab.attempt(["real-table-rows"], async () => {
      const results = await measureTable(lab, laws, fit, full ? 2000 : 200);
      lab.figure(figures.tableFigure(results));
      const [repeatedRows, , , uniformRows] = results.map(([, trials]) => trials);
      lab.measure("real-table-rows", {
        ...rounding,
        value: uniformRows!.mean / repeatedRows!.mean,
        n: repeatedRows!.errors.length,
        controls: results.map(([label, { mean }]) => ({
          label: `mean error over the best: ${label}`,
          value: mean,
        })),
        note: "Most of the gain comes from leverage already: independent rows of the optimal density are nearly as good as repelling ones here, unlike on the interval.",
      });
    });

    if (!full) {
      lab.skip("repeated-draws-in-more-dimensions", "skipped-by-preset", "use --preset full");
      return;
    }
    const worst = await higherDimensions(subject.repeated, subject.independent, fit, 500, lab);
    lab.measure("repeated-draws-in-more-dimensions", {
      ...rounding,
      ...worst,
      note: "The advantage over independent points shrinks as the dimension grows: in five and six dimensions, with low degrees, their typical fit is as good, and the mean alone tells them apart.",
    });
  },
});
