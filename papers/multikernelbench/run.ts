import { acceptedAnswers, sideBySide, type Task, tasks } from "@daily-kernel/forge";
import type { ThreadOptions } from "@daily-kernel/forge/node";
import { defineRoom } from "@daily-kernel/reproduction";
import { agreement, type Values, values } from "./agreement.ts";
import type { CellsJob } from "./cells.ts";
import { matrixFigure, speedFigure, toleranceFigure } from "./figures.ts";
import { integrity } from "./integrity.ts";
import { type BackEnd, backEnds, kernelTasks } from "./kernels/index.ts";
import { type Cell, type Column, columns, judgedApart, speeds } from "./matrix.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { peer } from "./peers/answers.ts";
import { taken } from "./tolerance.ts";

interface Subject {
  /** The tasks of the paper's 14 categories. */
  readonly suite: () => readonly Task[];
  readonly values: Values;
  readonly columns: (ids: readonly BackEnd[]) => Promise<readonly Column[]>;
  readonly judge: (job: CellsJob, options: ThreadOptions) => Promise<readonly Cell[]>;
  readonly speeds: typeof speeds;
  readonly acceptedAnswers: typeof acceptedAnswers;
}

const subject: Subject = {
  suite: () => tasks.list().filter(({ category }) => category !== "plain" && category !== "hpc"),
  values,
  columns,
  judge: judgedApart,
  speeds,
  acceptedAnswers,
};

const MODELS = "best-model-cuda-pass";
const asked = [MODELS, "cuda-pallas-gap", "category-example-doubles-ascend"] as const;
/** What a quick run judges: a quarter of the tasks on the two back ends of two kinds. */
const quickTasks = kernelTasks.filter((_, i) => i % 4 === 0);
const quickBackEnds = ["cpp", "wgsl"] as const;
/** Whose speed says something: the software adapter of WGSL is there to be right. */
const timed = (id: BackEnd) => id !== "cpp" && id !== "wgsl";

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { suite: load, columns, judge, speeds, ...subject }) {
    const full = lab.preset === "full";
    for (const claim of asked) {
      const detail = "only a language model that writes kernels can be asked this";
      lab.skip(claim, "needs-model-endpoint", detail);
    }

    await lab.progress(0, "comparing the suite with the published list");
    const suite = load();
    const found = integrity(suite);
    lab.measure("all-tasks-listed", {
      kind: "exact",
      value: found.loaded - found.amiss.length,
      n: suite.length,
      unit: "tasks",
      controls: [
        { label: "categories", value: found.categories },
        { label: "missing, additional or of other shapes", value: found.amiss.length },
      ],
    });

    const agreed = await agreement(suite, subject.values, (done) =>
      lab.progress(0.01 + 0.04 * done, "comparing references with PyTorch's stored answers"),
    );
    lab.measure("references-agree-with-torch", {
      kind: "exact",
      value: agreed.agreeing,
      n: agreed.compared,
      unit: "tasks",
      controls: [
        { label: "largest difference here, relative", value: agreed.largest },
        { label: "tasks whose every element was compared when stored", value: peer.same },
        { label: "largest difference then, relative", value: peer.largest },
      ],
      note: `Our references run here; a few elements of each are compared with stored answers of ${peer.source}.`,
    });

    const some = full ? suite : suite.filter(({ category }) => category !== "architecture");
    const lists = await taken(
      some,
      subject.acceptedAnswers,
      { seed: lab.seed, maxElements: full ? 1 << 14 : 1 << 12 },
      (done) =>
        lab.progress(0.05 + (full ? 0.1 : 0.35) * done, "trying answers that compute nothing"),
    );
    const [loose, tight] = lists.map(({ constant }) => constant.length) as [number, number];
    lab.measure("loose-tolerance-accepts-constants", {
      kind: "exact",
      value: loose / Math.max(1, tight),
      n: some.length,
      controls: lists.flatMap(({ tolerance, zeros, constant, replay }) => [
        { label: `tasks that one constant passes at ${tolerance}`, value: constant.length },
        { label: `tasks that all zeros pass at ${tolerance}`, value: zeros.length },
        {
          label: `tasks that another input's answer passes at ${tolerance}`,
          value: replay.length,
        },
      ]),
      note: `Inputs and weights as published, sizes scaled to this machine${full ? "" : "; without the whole networks"}. At ${lists[1]?.tolerance} a constant passes on ${lists[1]?.constant.join(", ") || "none"}.`,
    });
    lab.figure(toleranceFigure(lists, some.length));

    const from = full ? 0.15 : 0.4;
    const here = await columns(full ? backEnds : quickBackEnds);
    const there = here.filter((column) => "backend" in column);
    if (there.length === 0) {
      const reasons = here.map((c) => `${c.id}: ${"unavailable" in c ? c.unavailable : ""}`);
      lab.skip("one-suite-six-back-ends", "needs-toolchain", reasons.join("; "));
      return;
    }
    const ids = full ? kernelTasks : quickTasks;
    const judged: Cell[] = [];
    const done = new Float64Array(ids.length);
    const say = (doing: string) =>
      lab.progress(from + (0.8 - from) * (done.reduce((a, b) => a + b, 0) / ids.length), doing);
    // A task has a thread, kernels and compilers have processes: three tasks keep two cores busy.
    const jobs = ids.map((id, k) => async () => {
      const doing = `judging ${id} on ${there.length} back ends`;
      await say(doing);
      const onProgress = (part: number) => {
        done[k] = part;
        say(doing).catch(() => {}); // a run that is cancelled ends its threads by the signal
      };
      const job = {
        task: id,
        backEnds: there.map((c) => c.id),
        options: optionsFor(tasks.get(id)),
      };
      judged.push(...(await judge(job, { signal: lab.signal, onProgress })));
      lab.figure(matrixFigure(judged, here));
    });
    await sideBySide(jobs, 3);
    let cells = ids.flatMap((id) => judged.filter(({ task }) => task === id));
    const cpp = there.find(({ id }) => id === "cpp")?.backend;
    const others = there.filter(({ id }) => timed(id));
    if (full && cpp !== undefined) {
      // Speeds are measured alone.
      for (const [k, id] of ids.entries()) {
        await lab.progress(0.8 + (0.2 * k) / ids.length, `timing ${id}`);
        const options = { seed: lab.seed, signal: lab.signal };
        const known = await speeds(tasks.get(id), cpp, others, options);
        cells = cells.map((cell) => {
          const speed = cell.task === id ? known.get(cell.backEnd) : undefined;
          return speed === undefined ? cell : { ...cell, speed };
        });
      }
    }
    const accepted = cells.filter((cell) => cell.accepted).length;
    lab.measure("one-suite-six-back-ends", {
      kind: "exact",
      value: accepted / cells.length,
      n: cells.length,
      controls: [
        { label: "accepted kernels", value: accepted },
        { label: "tasks", value: ids.length },
        { label: "back ends that run here", value: there.length },
      ],
      note: noteOn(cells, here),
    });
    if (cells.some(({ speed }) => speed !== undefined)) lab.figure(speedFigure(cells));

    function optionsFor(task: Task) {
      const seed = lab.rng(`judge ${task.id}`).uint32();
      if (full) return { seed };
      const [family] = task.families as [Task["families"][number]];
      return { seed, shapes: [task.shapes[1]!, task.shapes.at(-1)!], families: [family] };
    }
  },
});

/** What was rejected and what is missing, in words. */
function noteOn(cells: readonly Cell[], here: readonly Column[]): string {
  const rejected = cells.filter(({ accepted }) => !accepted);
  return [
    ...rejected.map(({ task, backEnd, why }) => `${task} on ${backEnd} rejected: ${why}.`),
    ...here.flatMap((c) => ("unavailable" in c ? [`${c.id} unavailable: ${c.unavailable}.`] : [])),
    ...here.flatMap((c) => ("hardware" in c ? [`${c.id}: ${c.hardware}.`] : [])),
  ].join(" ");
}
