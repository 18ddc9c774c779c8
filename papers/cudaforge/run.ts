import {
  allPoints,
  bootstrapInterval,
  fitLinear,
  geomean,
  linearJudge,
  mean,
  median,
  runForge,
  selectMetrics,
  sideBySide,
} from "@daily-kernel/forge";
import { defineRoom, type Preset } from "@daily-kernel/reproduction";
import { shareCorrect } from "./faulty.ts";
import * as figures from "./figures.ts";
import { Table } from "./kernels.ts";
import { heldOut, namesOf, sampleKernels, signConflicts } from "./metrics.ts";
import paper from "./paper.ts";
import { type Problem, problems } from "./problems.ts";
import {
  annealing,
  bySeed,
  hillClimb,
  lots,
  type Method,
  random,
  rules,
  type Search,
  search,
} from "./search.ts";
import { followed } from "./transcripts.ts";
import { nativeWorkshop } from "./workshop.ts";

/** How much is measured. */
export interface Sizes {
  readonly problems: number;
  readonly seeds: number;
  readonly evaluations: number;
  /** Kernels of a problem that counters are selected on; 0 leaves that out. */
  readonly kernels: number;
  /** Runs with a Coder that makes faults. */
  readonly faults: number;
}

const sizes: Readonly<Record<Preset, Sizes>> = {
  quick: { problems: 2, seeds: 2, evaluations: 10, kernels: 0, faults: 200 },
  full: { problems: 12, seeds: 40, evaluations: 30, kernels: 40, faults: 1000 },
};

const subject = {
  sizes,
  loop: runForge,
  workshop: nativeWorkshop,
  guided: rules,
  select: selectMetrics,
  fit: fitLinear,
};

const measured = [
  "counters-beat-random-search",
  "few-counters-suffice",
  "selected-counters-agree-in-sign",
  "selected-counters-predict-time",
] as const;

/** How many kernels each problem has. */
const sizesOf = (all: readonly Problem[]) => all.map(({ space }) => allPoints(space).length);

export default defineRoom({
  paper,
  subject,
  async run(lab, { loop, guided, select, fit, ...subject }) {
    const { seeds, evaluations, faults, ...size } = subject.sizes[lab.preset];
    const full = size.kernels > 0;
    lab.skip(
      "mean-speedup-on-kernelbench",
      "needs-model-endpoint",
      "It takes o3 as Coder and Judge, KernelBench and a GPU; nothing here stands in for them.",
    );

    await lab.progress(0, "following transcripts");
    const { right, n } = await followed(loop);
    lab.measure("loop-follows-protocol", { kind: "exact", value: right / n, n });

    await lab.progress(0.01, "breaking kernels");
    const corrected = await shareCorrect(loop, ["correctness"], faults, lab.rng("faults"));
    const optimised = await shareCorrect(loop, ["optimisation"], faults, lab.rng("faults"));
    const both = await shareCorrect(
      loop,
      ["correctness", "optimisation"],
      faults,
      lab.rng("faults"),
    );
    const controls = [
      { label: "both modes, %", value: 100 * both },
      { label: "optimisation only, %", value: 100 * optimised },
    ];
    const percent = { kind: "exact", n: faults, controls } as const;
    lab.measure("correction-makes-correct", { ...percent, value: 100 * corrected, unit: "%" });
    lab.measure("optimisation-alone-loses-correctness", {
      ...percent,
      value: 100 * (corrected - optimised),
      unit: "points",
    });

    await lab.progress(0.02, "looking for a compiler");
    const workshop = await subject.workshop(lab.signal);
    if (typeof workshop === "string") {
      for (const claim of measured) lab.skip(claim, "needs-toolchain", workshop);
      return;
    }
    const table = new Table(workshop);
    const chosen = problems(size.problems);
    let limits: readonly number[] = [];
    if (full) {
      await workshop.compile(chosen, (done) => lab.progress(0.02 + 0.3 * done, "compiling"));
      const say = (done: number) => lab.progress(0.32 + 0.4 * done, "measuring every kernel");
      limits = await table.fill(chosen, say);
    }
    const searchAll = async (
      method: Method,
      [from, share]: readonly [number, number],
      most = evaluations,
    ) => {
      const all: Search[][] = [];
      for (let seed = 0; seed < seeds; seed++) {
        const ofSeed: Search[] = [];
        for (const [p, problem] of chosen.entries()) {
          const done = (seed + p / chosen.length) / seeds;
          await lab.progress(from + share * done, `${method.label}, seed ${seed + 1} of ${seeds}`);
          const drawn = lab.rng(`search ${seed}`).spawn(p).uint32();
          const options = { table, workshop, evaluations: most, seed: drawn };
          ofSeed.push(await search(problem, method, options));
        }
        all.push(ofSeed);
      }
      return all;
    };
    const ratioOf = (a: Search[][], b: Search[][], after: number) => {
      const [ours, theirs] = [bySeed(a, after), bySeed(b, after)];
      const pairs = ours.map((value, i) => [value, theirs[i]!] as const);
      const statistic = (some: readonly (readonly [number, number])[]) =>
        mean(some.map(([x]) => x)) / mean(some.map(([, y]) => y));
      return {
        value: statistic(pairs),
        interval: bootstrapInterval(pairs, statistic, lab.rng(`bootstrap ${after}`), 2000),
      };
    };
    const later = (after: number) => {
      const { value, interval } = ratioOf(advised, blind, after);
      return [
        { label: `ratio after ${after}`, value },
        { label: `ratio after ${after}, low end`, value: interval[0] },
        { label: `ratio after ${after}, high end`, value: interval[1] },
      ];
    };
    /** How near a method comes to the best kernel of all, over problems and seeds. */
    const shares = (label: string, all: Search[][]) =>
      [3, 10, evaluations].map((after) => ({
        label: `${label}: % of the best of all kernels after ${after}`,
        value: 100 * mean(all.flatMap((of) => of.map((s, p) => s.best[after - 1]! / limits[p]!))),
      }));
    const finals = (all: Search[][], after: number) =>
      all.flatMap((ofSeed) => ofSeed.map(({ best }) => best[after - 1]!));

    const advised = await searchAll(guided, full ? [0.72, 0.03] : [0.03, 0.2]);
    const blind = await searchAll(random, full ? [0.75, 0.03] : [0.23, 0.5]);
    const curves: Record<string, Search[][]> = { [guided.label]: advised, [random.label]: blind };
    if (full) {
      curves[hillClimb.label] = await searchAll(hillClimb, [0.78, 0.03]);
      curves[annealing.label] = await searchAll(annealing, [0.81, 0.02]);
      curves[lots.label] = await searchAll(lots, [0.83, 0.01]);
    }
    lab.figure(figures.speedFigure(curves, "mean"));
    lab.figure(figures.speedFigure(curves, "median"));

    await lab.progress(full ? 0.84 : 0.73, "verifying the best kernels");
    // The judge asks several hundred calls of a kernel: of each problem it sees the best ones.
    const best = chosen.flatMap((problem, p) =>
      advised
        .map((ofSeed) => ofSeed[p]!)
        .toSorted((x, y) => y.best.at(-1)! - x.best.at(-1)!)
        .slice(0, full ? 2 : 1)
        .map(({ source }) => [source, problem] as const),
    );
    const winners = new Map<string, boolean>();
    const verifications = [...new Map(best)].map(([source, problem]) => async () => {
      winners.set(source, await workshop.verify(problem, { source }));
      const done = winners.size / best.length;
      await lab.progress((full ? 0.84 : 0.73) + 0.1 * done, `verified ${problem.name}`);
    });
    await sideBySide(verifications, 2);
    const after10 = ratioOf(advised, blind, 10);
    const spread = (label: string, all: Search[][]) => [
      { label: `${label}: mean after 10`, value: mean(finals(all, 10)) },
      { label: `${label}: median after 10`, value: median(finals(all, 10)) },
      { label: `${label}: geometric mean after 10`, value: geomean(finals(all, 10)) },
    ];
    lab.measure("counters-beat-random-search", {
      kind: "timing",
      ...after10,
      n: seeds * chosen.length,
      controls: [
        ...Object.entries(curves).flatMap(([label, all]) => spread(label, all)),
        ...(evaluations > 10 ? later(evaluations) : []),
        ...(full ? Object.entries(curves).flatMap(([label, all]) => shares(label, all)) : []),
        ...(full
          ? [{ label: "kernels of a problem, median", value: median(sizesOf(chosen)) }]
          : []),
        {
          label: "of the best kernels, those that the judge accepts, %",
          value: (100 * [...winners.values()].filter(Boolean).length) / winners.size,
        },
        { label: "kernels measured", value: table.measured },
      ],
      note: full
        ? `The interval is over seeds; means of speedups over a plain kernel, decided by the matrix products. After ${evaluations} evaluations a blind search has seen much of a space of ${Math.min(...sizesOf(chosen))} to ${Math.max(...sizesOf(chosen))} kernels, and advice has little left to win. Random advice takes the templates' own steps without counters.`
        : "The interval is over seeds; means of speedups over a plain kernel, decided by the matrix products.",
    });

    if (!full) {
      for (const claim of measured.slice(1))
        lab.skip(claim, "skipped-by-preset", "It takes some hundred compiled kernels.");
      return;
    }
    const kernels = await sampleKernels(
      chosen.slice(0, 10),
      40,
      table,
      lab.rng("kernels"),
      (done) => lab.progress(0.94 + 0.02 * done, "choosing counters"),
    );
    const names = namesOf(kernels);
    const selection = select(kernels);
    lab.figure(figures.metricFigure(selection));
    const { selected } = selection;
    lab.measure("selected-counters-agree-in-sign", {
      kind: "timing",
      value: selected.filter((name) => selection.conflicts.includes(name)).length,
      n: selected.length,
      controls: [
        { label: "counters", value: names.length },
        { label: "selected", value: selected.length },
        { label: "conflicts among all counters", value: selection.conflicts.length },
        {
          label: "selected ones with a conflict when every kernel of every task counts",
          value: signConflicts(kernels, selected).length,
        },
      ],
      note: `Selected: ${selected.join(", ")}.`,
    });
    const [all, few] = [heldOut(kernels, names, fit), heldOut(kernels, selected, fit)];
    lab.measure("selected-counters-predict-time", {
      kind: "timing",
      value: all - few,
      n: kernels.length,
      controls: [
        { label: "R squared with all", value: all },
        { label: "R squared with the selected", value: few },
      ],
    });
    const advisedBy = (label: string, seen: readonly string[]): Method => ({
      label,
      strategy: "advised",
      judge: () => linearJudge(fit(kernels, seen)),
    });
    const withFew = await searchAll(advisedBy("selected counters", selected), [0.96, 0.02], 10);
    const withAll = await searchAll(advisedBy("all counters", names), [0.98, 0.02], 10);
    lab.measure("few-counters-suffice", {
      kind: "timing",
      ...ratioOf(withFew, withAll, 10),
      n: seeds * chosen.length,
      controls: [...spread("selected", withFew), ...spread("all", withAll)],
      note: "Judges that know a linear model of run time and no rules.",
    });
  },
});
