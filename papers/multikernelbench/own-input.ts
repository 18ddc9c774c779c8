import { acceptedAnswers, type Dims, tasks } from "@daily-kernel/forge";
import { defineOwnInput } from "@daily-kernel/reproduction";

const sizes = (names: readonly string[], dims: Dims) =>
  names.map((name, i) => `${name} ${dims[i]}`).join(", ");

/** What a judge of the reader's tolerance would let pass on a task of the reader's choice. */
export const ownInput = defineOwnInput({
  fields: {
    task: {
      kind: "text",
      label: "A task of the suite, as category/name.",
      example: "fusion/gemm_sigmoid_sum_log_sum_exp",
    },
    tolerance: {
      kind: "choice",
      label: "The judge's tolerance, absolute and relative",
      options: ["1e-1", "1e-2", "1e-3", "1e-4", "1e-5"].map((value) => ({ value, label: value })),
      initial: "1e-2",
    },
  },
  async run({ task: id, tolerance }, lab) {
    await lab.progress(0, "drawing five inputs");
    const task = tasks.get(id.trim());
    const dims = task.scaled(1 << 12);
    const [answer] = acceptedAnswers(task, {
      seeds: 5,
      seed: lab.seed,
      dims,
      tolerances: [Number(tolerance)],
    });
    const passes = (yes: boolean | undefined) => (yes ? "passes" : "is rejected");
    return {
      facts: [
        { label: "computes", value: task.title },
        { label: "published sizes", value: sizes(task.dimNames, task.published) },
        { label: "sizes here", value: sizes(task.dimNames, dims) },
        { label: "all zeros", value: passes(answer?.zeros) },
        { label: "one constant", value: passes(answer?.constant) },
        { label: "the answer to another input", value: passes(answer?.replay) },
      ],
      figures: [],
    };
  },
});
