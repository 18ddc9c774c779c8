import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "concur",
  title: "ConCuR: Conciseness Makes State-of-the-Art Kernel Generation",
  arxiv: "2510.07356",
  submitted: "2025-10-08",
  authors: ["Lingcheng Kong", "Jiateng Wei", "Hanzhang Shen", "Huan Wang"],
  authorCount: 4,
  topics: ["language-models", "gpu-kernels"],
  summary:
    "A model that writes CUDA produces far more training material than is worth keeping. Here one model writes five kernels, each with its chain of thought, for 18,162 PyTorch programs; every kernel is compiled, tested and timed, and about 4,900 triples survive, chosen where the shortest reasoning also led to the fastest correct kernel and balanced over kinds of task. A 32-billion-parameter model fine-tuned on them solves 58 % of KernelBench level 1 at the first try. The doubtful step is causal: hard tasks cause both long thoughts and failures, so the observed link between brevity and success may vanish within a task. We measure that within-task effect, build the selection rule with its ablations, and test on a toy model whether selecting for brevity helps at all.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2510.07356" },
    { label: "Project page", url: "https://lkongam.github.io/ConCuR" },
  ],
  library: "forge",
  claims: [
    {
      id: "curation-known-answers",
      statement:
        "On constructed pools with ties, empty task types and all-wrong tasks, the curation rule selects exactly the samples that follow from its definition.",
      reported: null,
      scale: "desk",
      quantity: "fraction of constructed pools with the expected selection",
      holdsIf: atLeast(1),
    },
    {
      id: "stored-verdicts-stand",
      statement:
        "Verified again by the whole judge before they are used, kernels of the stored pool, right and wrong ones of every kind, keep the verdict that they were stored with.",
      reported: null,
      scale: "desk",
      quantity: "share of stored verdicts that the judge confirms",
      holdsIf: atLeast(1),
    },
    {
      id: "shorter-is-right-within-task",
      statement:
        "Within one task, a kernel after a shorter reasoning trace is more often correct, by conditional logistic regression of correctness on log length.",
      reported: {
        value: "accuracy falls as traces get longer",
        setting: "90,810 samples in bins of 256 tokens, all tasks pooled",
      },
      scale: "desk",
      quantity: "log-odds of correctness for each doubling of the trace, tasks as strata",
      holdsIf: atMost(-0.01),
    },
    {
      id: "length-and-speed-unrelated",
      statement:
        "Among correct kernels, the length of the reasoning trace and the speed-up are nearly uncorrelated, with a Pearson coefficient between -0.1 and 0.1.",
      reported: {
        value: -0.047,
        unit: "Pearson r",
        setting: "correct kernels of the authors' synthesised pool",
      },
      scale: "desk",
      quantity: "Pearson correlation of trace length and speed-up over correct kernels",
      holdsIf: between(-0.1, 0.1),
    },
    {
      id: "concise-selection-beats-random",
      statement:
        "A small model trained on the samples that the curation rule picked from 4,000 gets a higher pass@1 on unseen tasks than one trained on equally many random correct samples of the same pool.",
      reported: {
        value: "curated data beats other fine-tuning data",
        setting: "32-billion-parameter model on KernelBench",
      },
      scale: "desk",
      quantity: "difference in pass@1, curated minus random, over seeds and 60 tasks",
      holdsIf: atLeast(0.001),
    },
    {
      id: "brevity-itself-helps",
      statement:
        "The curation rule gives a higher pass@1 than the same rule and quotas without its demand for the shortest trace.",
      reported: null,
      scale: "desk",
      quantity: "difference in pass@1, full rule minus rule without brevity",
      holdsIf: atLeast(0.001),
    },
    {
      id: "trace-length-tracks-difficulty",
      statement:
        "The mean reasoning length of a task ranks tasks like the failure rate of an independent proposer does, with Kendall's tau of at least 0.3.",
      reported: {
        value: "average reasoning length tracks difficulty",
        setting: "KernelBench tasks in three classes of difficulty",
      },
      scale: "desk",
      quantity: "Kendall tau-b of mean trace length and measured failure rate over tasks",
      holdsIf: atLeast(0.3),
    },
    {
      id: "kernelcoder-level-one",
      statement:
        "The fine-tuned 32-billion-parameter model writes a correct kernel at the first try for at least 58 % of the tasks of KernelBench level 1.",
      reported: { value: 58, unit: "% pass@1", setting: "KernelCoder on KernelBench level 1" },
      scale: "paper",
      quantity: "pass@1 in percent over the 100 tasks of level 1",
      holdsIf: atLeast(58, 100),
    },
  ],
});
