import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "cudaforge",
  title: "CudaForge: An Agent Framework with Hardware Feedback for CUDA Kernel Optimization",
  arxiv: "2511.01884",
  submitted: "2025-10-23",
  authors: ["Zijian Zhang", "Rong Wang", "Shiyang Li", "Yuebo Luo", "Mingyi Hong", "Caiwen Ding"],
  authorCount: 6,
  topics: ["gpu-kernels", "language-models"],
  summary:
    "Two language models take turns for ten rounds: a Coder writes a CUDA kernel, a Judge reads the compiler's complaints or 24 profiler counters and names one thing to change. Only the current round is shown to them; the fastest correct kernel wins. Over 250 KernelBench tasks 97.6 % end correct, with a mean speed-up of 1.68 over PyTorch but a median of only 1.11, for 0.30 dollars and 26.5 minutes a kernel. Read its checks with care: one input set, one output compared, a tolerance ten times looser than the prompt promises, and counters taken from the best kernel while the Judge sees the last. Our version repairs these, replaces the models by a template search, and measures whether counters beat blind search at equal cost; runs with real models need an endpoint and a GPU.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2511.01884" },
    { label: "Code", url: "https://github.com/OptimAI-Lab/CudaForge" },
  ],
  library: "forge",
  claims: [
    {
      id: "loop-follows-protocol",
      statement:
        "Driven by scripted replies that fail, repair, optimise and regress, the loop makes exactly the expected calls and returns the best correct candidate.",
      reported: null,
      scale: "desk",
      quantity: "fraction of scripted transcripts with the expected calls and result",
      holdsIf: atLeast(1),
    },
    {
      id: "counters-beat-random-search",
      statement:
        "With ten evaluations a task, a rule-based Judge that reads hardware counters reaches a mean best speed-up at least 1 % above random search over the same templates.",
      reported: {
        value: 1.677,
        unit: "mean speed-up (1.107 for self-refinement without a Judge)",
        setting: "o3 on 250 KernelBench tasks, ten rounds",
      },
      scale: "desk",
      quantity:
        "paired ratio of mean best speed-up, counters to random, over 12 tasks and 40 seeds",
      holdsIf: atLeast(1.01),
    },
    {
      id: "few-counters-suffice",
      statement:
        "A Judge that sees only the selected counters does at least as well as one that sees all of them at the same number of evaluations.",
      reported: {
        value: 1.25,
        unit: "ratio of mean speed-ups (1.767 to 1.414)",
        setting: "25 KernelBench tasks, 24 selected against all Nsight metrics",
      },
      scale: "desk",
      quantity: "paired ratio of mean best speed-up, selected counters to all",
      holdsIf: atLeast(1),
    },
    {
      id: "selected-counters-agree-in-sign",
      statement:
        "No counter that the selection keeps correlates with run time positively on one task and negatively on another among those that voted for it.",
      reported: null,
      scale: "desk",
      quantity: "count of selected counters with a sign conflict over 10 tasks",
      holdsIf: atMost(0, 2),
    },
    {
      id: "selected-counters-predict-time",
      statement:
        "A ridge model on the selected counters predicts log run time on held-out tasks within 0.1 of the explained variance of the model on all counters.",
      reported: null,
      scale: "desk",
      quantity: "loss of held-out R squared, all counters minus selected",
      holdsIf: atMost(0.1),
    },
    {
      id: "correction-makes-correct",
      statement:
        "With a Coder that breaks 40 % of its candidates, a Judge that only corrects ends with a correct kernel in at least 95 % of the tasks.",
      reported: {
        value: 97.6,
        unit: "% correct",
        setting: "correction-only Judge, 250 KernelBench tasks",
      },
      scale: "simulated",
      quantity: "percentage of runs that end with a correct kernel",
      holdsIf: atLeast(95),
    },
    {
      id: "optimisation-alone-loses-correctness",
      statement:
        "With the same fault-prone Coder, a Judge that only optimises ends correct in at least 5 percentage points fewer runs than one that only corrects.",
      reported: {
        value: 9.2,
        unit: "percentage points (97.6 to 88.4)",
        setting: "250 KernelBench tasks",
      },
      scale: "simulated",
      quantity: "difference in percentage points, correction-only minus optimisation-only",
      holdsIf: atLeast(5),
    },
    {
      id: "mean-speedup-on-kernelbench",
      statement:
        "With o3 as Coder and Judge, the mean speed-up over PyTorch on the 250 tasks of KernelBench levels 1 to 3 is at least 1.67.",
      reported: {
        value: 1.677,
        unit: "mean speed-up (median 1.107)",
        setting: "RTX 6000 Ada, ten rounds; 1.68 in the abstract",
      },
      scale: "paper",
      quantity: "mean over tasks of reference time divided by kernel time, 0 where incorrect",
      holdsIf: atLeast(1.67, 250),
    },
  ],
});
