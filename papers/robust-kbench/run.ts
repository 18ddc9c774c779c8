import { acceptedAnswers, type Task, tasks, verifyCandidate } from "@daily-kernel/forge";
import { defineRoom } from "@daily-kernel/reproduction";
import { duel, type Judges, type Outcome } from "./duel.ts";
import { matrixFigure, ruleFigure } from "./figures.ts";
import { toolchain } from "./gallery.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { speedup } from "./search.ts";
import { weak } from "./weak.ts";

interface Subject {
  readonly toolchain: typeof toolchain;
  readonly weak: Judges["weak"];
  readonly strict: Judges["strict"];
  readonly suspects: () => readonly Task[];
  readonly acceptedAnswers: typeof acceptedAnswers;
  readonly speedup: typeof speedup;
}

const subject: Subject = {
  toolchain,
  weak,
  strict: verifyCandidate,
  suspects: () =>
    tasks.list().filter(({ category }) => ["fusion", "reduce", "normalization"].includes(category)),
  acceptedAnswers,
  speedup,
};

const JUDGED = [
  "weak-judge-accepts-cheats",
  "strict-judge-rejects-cheats",
  "strict-judge-accepts-honest",
] as const;
const SEARCHED = ["search-speeds-up-matmul", "search-speeds-up-softmax"] as const;

/** The share of kernels that the loose judge accepts, for each language of which there are any. */
const shares = (list: readonly Outcome[]) =>
  [...Map.groupBy(list, ({ backend }) => backend)].map(([backend, some]) => ({
    label: `share of ${backend} that it accepts`,
    value: some.filter(({ weak }) => weak === "accepted").length / some.length,
  }));

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { weak, strict, ...subject }) {
    const full = lab.preset === "full";
    const endpoint = "the kernels come from language models on a data-centre GPU";
    lab.skip("filtering-halves-the-speed-up", "needs-model-endpoint", endpoint);
    lab.skip("layer-norm-beats-compiled", "needs-gpu", "timed on an H100 beside compiled PyTorch");

    const list = subject.suspects();
    const some = full ? list : list.filter((_, i) => i % 2 === 0);
    const constant: string[] = [];
    const zeros: string[] = [];
    for (const [i, task] of some.entries()) {
      await lab.progress((0.2 * i) / some.length, "trying constants as answers");
      const options = { seeds: 5, seed: lab.seed, tolerances: [1e-2] };
      const [answer] = subject.acceptedAnswers(task, options);
      if (answer?.constant) constant.push(task.id);
      if (answer?.zeros) zeros.push(task.id);
    }
    lab.measure("tasks-solved-by-a-constant", {
      kind: "exact",
      value: constant.length / Math.max(1, some.length),
      n: some.length,
      controls: [
        { label: "tasks that accept one constant", value: constant.length },
        { label: "tasks that accept all zeros", value: zeros.length },
      ],
      note: `They are ${constant.join(", ") || "none"}.`,
    });

    await lab.progress(0.2, "looking for compilers");
    const tools = await subject.toolchain(full);
    if ("missing" in tools) {
      for (const claim of [...JUDGED, ...SEARCHED])
        lab.skip(claim, "needs-toolchain", tools.missing);
      return;
    }
    const until = full ? 0.7 : 1;
    const outcomes = await duel(
      tools.samples,
      tools.backendOf,
      { weak, strict },
      {
        seeds: [0, 1, 2].map((i) => lab.rng(`master seed ${i}`).uint32()),
        quick: !full,
        signal: lab.signal,
        breathe: (done, name) => lab.progress(0.2 + (until - 0.2) * done, `judging ${name}`),
      },
    );
    const cheats = outcomes.filter(({ honest }) => !honest);
    const honest = outcomes.filter((outcome) => outcome.honest);
    const alive = cheats.filter(({ weak }) => weak !== "ended");
    const fooled = alive.filter(({ weak }) => weak === "accepted");
    const missed = cheats.filter(({ acceptedBy }) => acceptedBy.length > 0);
    const wronged = honest.filter(({ acceptedBy }) => acceptedBy.length < 3);
    const pairs = (list: typeof outcomes) =>
      list.reduce((sum, { acceptedBy }) => sum + acceptedBy.length, 0);
    const names = (list: typeof outcomes) => list.map(({ name }) => name).join(", ") || "none";
    lab.measure("weak-judge-accepts-cheats", {
      kind: "exact",
      value: fooled.length / Math.max(1, alive.length),
      n: alive.length,
      controls: [
        ...shares(alive),
        { label: "cheats that the sandbox ends", value: cheats.length - alive.length },
        {
          label: "honest kernels that it accepts",
          value: honest.filter(({ weak }) => weak === "accepted").length,
        },
      ],
      note: `It sees through ${names(alive.filter(({ weak }) => weak === "rejected"))}.`,
    });
    lab.measure("strict-judge-rejects-cheats", {
      kind: "exact",
      value: pairs(cheats),
      n: 3 * cheats.length,
      note: `It is fooled by ${names(missed)}.`,
    });
    lab.measure("strict-judge-accepts-honest", {
      kind: "exact",
      value: pairs(honest) / Math.max(1, 3 * honest.length),
      n: 3 * honest.length,
      note: `It wrongs ${names(wronged)}.`,
    });
    lab.figure(matrixFigure(outcomes, 3));
    lab.figure(ruleFigure(outcomes));

    if (!full) {
      for (const claim of SEARCHED)
        lab.skip(claim, "skipped-by-preset", "a search takes minutes; run the full preset");
      return;
    }
    const problems = [
      ["search-speeds-up-matmul", "matmul", [512, 512, 512]],
      ["search-speeds-up-softmax", "softmax", [256, 2048]],
    ] as const;
    for (const [i, [claim, id, dims]] of problems.entries()) {
      const found = await subject.speedup(tools.improve, tools.backendOf({ backend: "cpp" }), {
        task: tasks.get(id),
        dims,
        seed: lab.seed,
        signal: lab.signal,
        breathe: (done) => lab.progress(until + 0.15 * (i + done), `searching for ${id}`),
      });
      lab.measure(claim, {
        kind: "timing",
        value: found.value,
        n: found.n,
        unit: "times faster",
        ...(found.interval && { interval: found.interval }),
        note: `${found.evaluations} candidates were compiled, verified and timed; times are ${found.clock === "cpu" ? "processor times, for other work kept the loop waiting" : "by the wall's clock"}.`,
      });
    }
  },
});
