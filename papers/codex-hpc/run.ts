import { conjugateGradient, judgeSuggestion, proficiency } from "@daily-kernel/forge";
import { defineRoom } from "@daily-kernel/reproduction";
import * as figures from "./figures.ts";
import { type Judge, runGoldSet } from "./gold-set.ts";
import { countIterations, grids, type Solve } from "./grids.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { generators, levelsFound, meanScore, type Score } from "./suggestion-sets.ts";

interface Subject {
  readonly judge: Judge;
  readonly score: Score;
  readonly solve: Solve;
}

const subject: Subject = {
  judge: judgeSuggestion,
  score: proficiency,
  solve: conjugateGradient,
};

const endpoint =
  "The model of April 2023 is gone; another one's completions can be judged with the same instrument.";

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { judge, score, solve }) {
    const full = lab.preset === "full";
    lab.skip("openmp-and-cuda-above-hip", "needs-model-endpoint", endpoint);
    lab.skip("keywords-help-fortran-and-python", "needs-model-endpoint", endpoint);

    await lab.progress(0, "scoring constructed sets");
    const found = levelsFound(score, full ? 2000 : 400, lab.rng("levels"));
    const hits = found.reduce((sum, level) => sum + level.found, 0);
    const sets = found.reduce((sum, level) => sum + level.count, 0);
    lab.measure("five-levels-assigned", {
      kind: "exact",
      value: hits / sets,
      n: sets,
      controls: found.map(({ name, found, count }) => ({ label: name, value: found / count })),
    });

    const trials = full ? 20_000 : 1500;
    const mean = (generator: (typeof generators)[number], first: number, merge: boolean) =>
      meanScore(score, generator, { first, merge, trials }, lab.rng(`${generator.name} ${first}`));
    const curves: figures.Curve[] = [];
    for (const generator of generators) {
      for (const merge of [false, true]) {
        await lab.progress(0.02, "drawing suggestions");
        const first = [1, 2, 3, 5, 7, 10];
        const label = merge ? `${generator.name}, merged` : generator.name;
        curves.push({ label, first, mean: first.map((count) => mean(generator, count, merge)) });
      }
    }
    lab.figure(figures.sensitivityFigure(curves));
    const at = (curve: number, count: number) => {
      const { first, mean } = curves[curve]!;
      return mean[first.indexOf(count)]!;
    };
    lab.measure("score-falls-with-suggestions", {
      kind: "exact",
      value: at(2, 1) - at(2, 10),
      n: trials,
      controls: [
        { label: "score with 1 suggestion", value: at(2, 1) },
        { label: "with 5", value: at(2, 5) },
        { label: "with 10", value: at(2, 10) },
        { label: "with 10, repetitions merged", value: at(3, 10) },
        { label: "of a generator that is always right, with 10", value: at(0, 10) },
      ],
      note: "Three of ten suggestions are copies of earlier ones.",
    });

    const counts: ReturnType<typeof countIterations>[] = [];
    for (const grid of grids) {
      await lab.progress(0.05, `solving on ${grid.sizes.join(" x ")} points`);
      counts.push(countIterations(solve, grid));
    }
    lab.figure(figures.iterationFigure(counts.slice(1)));
    lab.measure("conjugate-gradients-converge", {
      kind: "rounding",
      tolerance: 0.02,
      value: Math.max(...counts.map(({ ours, scipy }) => ours / scipy)),
      n: counts.length,
      controls: counts.map(({ name, ours }) => ({ label: `iterations, ${name}`, value: ours })),
    });

    const { cells, missing } = await runGoldSet(
      judge,
      { full, seed: lab.rng("judge").uint32(), signal: lab.signal },
      (done, doing) => lab.progress(0.1 + 0.9 * done, doing),
    );
    if (cells.length === 0) {
      const detail = missing.join("; ");
      lab.skip("correct-kernels-accepted", "needs-toolchain", detail);
      lab.skip("faulty-kernels-rejected", "needs-toolchain", detail);
      return;
    }
    const order = cells.toSorted((a, b) => a.column.localeCompare(b.column));
    lab.figure(figures.matrixFigure(order));
    const models = new Set(cells.map(({ column }) => column)).size;
    const note = [
      `${models} models; offload and OpenACC run on the host.`,
      ...(full
        ? [
            "Conjugate gradients in OpenCL and WGSL keep all in a workgroup's memory: they are asked for up to 2048 and 1024 unknowns.",
          ]
        : []),
      ...missing.map((reason) => `Not here: ${reason}.`),
    ].join(" ");
    const sum = (pick: (cell: (typeof cells)[number]) => number) =>
      cells.reduce((total, cell) => total + pick(cell), 0);
    const planted = sum((cell) => cell.planted);
    lab.measure("correct-kernels-accepted", {
      kind: "exact",
      value: sum(({ accepted }) => (accepted ? 1 : 0)) / cells.length,
      n: cells.length,
      note,
    });
    lab.measure("faulty-kernels-rejected", {
      kind: "exact",
      value: sum(({ rejected }) => rejected) / planted,
      n: planted,
      note,
    });
  },
});
