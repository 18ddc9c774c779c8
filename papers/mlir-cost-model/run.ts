import {
  type CostModel,
  evaluate,
  type Predictor,
  regrets,
  type Sample,
  shippedDataSet,
  splitByGroup,
} from "@daily-kernel/forge/cost-model";
import { defineRoom } from "@daily-kernel/reproduction";
import * as figures from "./figures.ts";
import { freshSamples, freshVariants, loweringRatios } from "./fresh.ts";
import { generalise } from "./generalisation.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { six, subject } from "./subject.ts";
import { compareTokens } from "./tokens.ts";

const rounding = { kind: "rounding", tolerance: 0.05 } as const;
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const median = (x: readonly number[]) => x.toSorted((a, b) => a - b)[x.length >> 1]!;

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, subject) {
    const full = lab.preset === "full";
    const { seed, signal } = lab;
    await lab.progress(0, "reading the stored truths");
    const { samples, variants } = await shippedDataSet();
    const shipped = await subject.shipped();
    const held = splitByGroup(samples, { seed: (shipped as CostModel).header?.seed ?? 1 });
    const parts = splitByGroup(samples, { seed: 1000 + seed });
    const training = full ? parts.train : parts.train.slice(0, 240);
    const tools = await subject.toolChain();
    const forge = "missing" in tools ? undefined : tools;

    await lab.progress(0.02, "predicting the mean");
    const whole = subject.baseline("mean", samples, six, seed);
    const { scores } = evaluate(whole, samples);
    const trap = (target: (typeof six)[number]) => scores[target]!.rmsePctRange;
    lab.measure("mean-predictor-passes-too", {
      ...rounding,
      value: Math.max(...(["instructions", "blockCycles", "spills"] as const).map(trap)),
      n: samples.length,
      controls: six.map((target) => ({ label: `${target}, % of the range`, value: trap(target) })),
    });

    let test: readonly Sample[] = full ? parts.test : parts.test.slice(0, 300);
    let where = "stored functions whose groups are not in training";
    if (full && forge) {
      await lab.progress(0.03, "lowering 300 fresh functions");
      test = await freshSamples(forge, 300, 1_000_000 + seed, signal);
      where = "300 functions generated and lowered in this run";
    }
    const base = { targets: six, seed, signal };
    let networks = 0;
    const trained = () =>
      lab.progress(0.1 + (0.65 * ++networks) / 14, `trained ${networks} of 14 networks`);
    await lab.progress(0.1, "training the convolutions");
    const epochs = full ? {} : { epochs: 5 };
    const first = subject.train({ ...base, data: training, ...epochs });
    // Two networks at a time, in a thread each.
    const [model, generalisation] = await Promise.all([
      first,
      full ? generalise(subject.train, parts, { ...base, size: 1200, epochs: 20 }, trained) : [],
    ]);
    await (full ? trained() : lab.progress(0.5, "training the forest"));
    const named: (readonly [string, Predictor])[] = [["convolutions", model]];
    for (const name of ["forest", "ridge", "roofline", "mean"] as const)
      named.push([name, subject.baseline(name, training, six, seed)]);
    const scored = named.map(([label, predictor]) => [label, evaluate(predictor, test)] as const);
    lab.figure(figures.scoreFigure(scored));
    lab.figure(figures.rangeFigure(scored));
    const scoreOf = (k: number, target: (typeof six)[number]) => scored[k]![1].scores[target]!;

    const registers = full
      ? scoreOf(0, "vectorRegisters")
      : evaluate(shipped, held.test).scores.vectorRegisters!;
    lab.measure("register-error-within-seven-percent", {
      ...rounding,
      value: registers.rmsePctRange,
      n: registers.n,
      controls: [
        { label: "log R2", value: registers.r2 },
        { label: "Spearman", value: registers.spearman },
        ...scored.slice(1).map(([label]) => ({
          label: `${label}, % of the range`,
          value: scored.find(([name]) => name === label)![1].scores.vectorRegisters!.rmsePctRange,
        })),
      ],
      note: full
        ? where
        : "The shipped model, trained by the full schedule, on functions that it has not seen.",
    });

    if (full) {
      const won = six.filter((t) => scoreOf(0, t).r2 > scoreOf(1, t).r2);
      lab.measure("text-model-beats-op-counts", {
        ...rounding,
        value: won.length,
        n: test.length,
        controls: six.flatMap((t) => [
          { label: `${t}: convolutions`, value: scoreOf(0, t).r2 },
          { label: `${t}: forest`, value: scoreOf(1, t).r2 },
        ]),
        note: `${training.length} training samples; ${where}.`,
      });
      const compared = await compareTokens(
        subject.train,
        samples,
        { ...base, seed: 2000 + seed, size: 600, epochs: 20 },
        trained,
      );
      lab.figure(figures.tokenFigure(compared));
      lab.measure("operand-tokens-help", {
        ...rounding,
        value: compared.filter(({ significant }) => significant).length,
        n: 5,
        controls: compared.map(({ target, differences }) => ({
          label: `${target}: mean difference in log R2`,
          value: mean(differences),
        })),
        note: "600 training samples a seed; paired t over five splits and beginnings.",
      });
      lab.figure(figures.generalisationFigure(generalisation));
    } else {
      lab.skip("text-model-beats-op-counts", "skipped-by-preset", "use --preset full");
      lab.skip("operand-tokens-help", "skipped-by-preset", "use --preset full");
    }

    let choices: readonly (readonly Sample[])[] = variants;
    if (full && forge) {
      await lab.progress(0.8, "timing 800 fresh variants");
      choices = await freshVariants(forge, 100, 1_000_000 + seed, signal);
    }
    const lost = regrets(shipped, choices);
    const times = choices.map((of) => of.map(({ values }) => values.nanoseconds!));
    const random = times.map((of) => mean(of) / Math.min(...of) - 1);
    const second = times.map((of) => of.toSorted((a, b) => a - b)).map(([a, b]) => b! / a! - 1);
    const best = lost.filter((loss) => loss === 0).length / lost.length;
    const sum = (some: readonly number[]) => some.reduce((a, b) => a + b, 0);
    const ranked = lost.toSorted((a, b) => b - a);
    const worst = sum(ranked.slice(0, Math.ceil(lost.length / 10))) / Math.max(sum(lost), 1e-9);
    lab.figure(
      figures.regretFigure([
        { label: "chosen by prediction", regrets: lost },
        { label: "chosen at random", regrets: random },
      ]),
    );
    lab.measure("variant-choice-regret", {
      kind: full && forge ? "timing" : "rounding",
      ...(full && forge ? {} : { tolerance: 0.05 }),
      value: 100 * mean(lost),
      n: lost.length,
      unit: "%",
      controls: [
        { label: "median, %", value: 100 * median(lost) },
        { label: "chosen at random, %", value: 100 * mean(random) },
        { label: "share of the kernels whose best was chosen, %", value: 100 * best },
        { label: "share of the loss that a tenth of the kernels makes, %", value: 100 * worst },
        { label: "second-best schedule over the best, median, %", value: 100 * median(second) },
      ],
      note: "The shipped model; schedules differ in fusion, loop order, tiles and unrolling. It was trained to predict times, which it knows to within a factor of two, also between schedules of one kernel: too coarse to part the best from the second-best, and the few choices that miss what the compiler can vectorise, several times slower, decide the mean.",
    } as Parameters<typeof lab.measure>[1]);

    if (!forge) {
      lab.skip(
        "prediction-faster-than-lowering",
        "needs-toolchain",
        (tools as { missing: string }).missing,
      );
      return;
    }
    await lab.progress(0.95, "lowering eight variants");
    const ratios = await loweringRatios(
      forge,
      (texts) => shipped.estimate(texts),
      full ? 15 : 2,
      seed,
      signal,
    );
    lab.measure("prediction-faster-than-lowering", {
      kind: "timing",
      value: median(ratios),
      n: ratios.length,
      note: "All eight are lowered as one module, which shares what the tools take to start.",
    });
  },
});
