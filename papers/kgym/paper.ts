import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "kgym",
  title:
    "KGym: A Platform and Dataset to Benchmark Large Language Models on Linux Kernel Crash Resolution",
  arxiv: "2407.02680",
  submitted: "2024-07-02",
  authors: [
    "Alex Mathai",
    "Chenxi Huang",
    "Petros Maniatis",
    "Aleksandr Nogikh",
    "Franjo Ivančić",
    "Junfeng Yang",
    "Baishakhi Ray",
  ],
  authorCount: 7,
  topics: ["linux", "language-models", "systems"],
  summary:
    "Can a language model repair a Linux kernel that a fuzzer crashed? To ask, you need a farm that applies a patch to the right commit, builds, boots, runs the reproducer and reads the console. This one does, as a job queue with builders and virtual machines, and comes with 279 bugs from syzbot, each with crash log, reproducer and the developers' fix. Shown the files to edit and allowed ten tries, GPT-4 Turbo silenced 15 bugs (5.4 %); left to find the files, two (0.7 %). A silent kernel is weak evidence, since a patch that deletes the feature also passes. We bring fixed bugs back into one kernel tree, boot it in an emulator, and re-test the developers' fixes, wrong patches and published model patches; the success rates would need the models.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2407.02680" },
    {
      label: "Data set and evaluator",
      url: "https://github.com/Alex-Mathai-98/kGym-Kernel-Playground",
    },
    { label: "Platform", url: "https://github.com/Alex-Mathai-98/kGym-Kernel-Gym" },
    {
      label: "Prompts and patches",
      url: "https://github.com/Alex-Mathai-98/kGym-Kernel-Bench-Experiments",
    },
    { label: "Successor on QEMU", url: "https://github.com/ARiSE-Lab/kGymSuite" },
  ],
  library: "crash-lab",
  claims: [
    {
      id: "crash-titles-read",
      statement:
        "From an uncorrupted console log the parser derives exactly the title that syzbot gives, in at least 80 % of the logs.",
      reported: null,
      scale: "desk",
      quantity: "fraction of uncorrupted logs with exactly the expected title",
      holdsIf: atLeast(0.8, 50),
    },
    {
      id: "clean-logs-silent",
      statement: "On console logs without a crash the parser reports none.",
      reported: null,
      scale: "desk",
      quantity: "count of reports on clean logs",
      holdsIf: atMost(0),
    },
    {
      id: "reverted-bugs-crash-again",
      statement:
        "With the fix taken out again, at least three bugs of the benchmark crash our emulated kernel with the benchmark's kind of crash in the same function.",
      reported: null,
      scale: "desk",
      quantity: "count of bugs that crash with the expected kind and function in every boot",
      holdsIf: atLeast(3),
    },
    {
      id: "developer-fixes-silence",
      statement:
        "With the developers' fix in place, the reproducers of those bugs run to their end without a crash in three of three boots.",
      reported: null,
      scale: "desk",
      quantity: "fraction of boots of fixed kernels that finish the reproducer without a crash",
      holdsIf: atLeast(1, 9),
    },
    {
      id: "wrong-patches-exposed",
      statement:
        "A patch that does not touch the fault leaves the crash, and a patch with shifted context is refused as not applicable.",
      reported: null,
      scale: "desk",
      quantity: "fraction of wrong patches with the expected verdict",
      holdsIf: atLeast(1, 2),
    },
    {
      id: "published-model-patches-hold",
      statement:
        "Every published model patch that we can re-test silences its crash in three of at most five runs, as its authors report.",
      reported: {
        value: "no crash in 3 of at most 5 runs",
        setting: "patches that the authors list as solving their bug",
      },
      scale: "desk",
      quantity: "fraction of re-tested published patches without a crash in three of five runs",
      holdsIf: atLeast(1, 1),
    },
    {
      id: "headlines-recounted",
      statement:
        "Counting the published files of solved bugs gives the two headline rates of 5.38 and 0.72 % of 279 bugs.",
      reported: {
        value: "5.38 and 0.72",
        unit: "% solved",
        setting: "GPT-4 Turbo, ten samples with the files given, and with retrieval",
      },
      scale: "paper",
      quantity: "larger absolute difference between recounted and printed rate, in points",
      holdsIf: atMost(0.005, 279),
    },
    {
      id: "assisted-solve-rate",
      statement:
        "Shown the files to edit and sampled ten times, GPT-4 Turbo solves between 3.3 and 8.7 % of the bugs, the 95 % interval around 15 of 279.",
      reported: { value: 5.38, unit: "% solved", setting: "GPT-4 Turbo, files given, 10 samples" },
      scale: "paper",
      quantity: "percentage of bugs solved by one of ten samples",
      holdsIf: between(3.3, 8.7, 279),
    },
  ],
});
