import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "robust-kbench",
  title: "Towards Robust Agentic CUDA Kernel Benchmarking, Verification, and Optimization",
  arxiv: "2509.14279",
  submitted: "2025-09-16",
  authors: [
    "Robert Tjarko Lange",
    "Qi Sun",
    "Aaditya Prasad",
    "Maxence Faldor",
    "Yujin Tang",
    "David Ha",
  ],
  authorCount: 6,
  topics: ["gpu-kernels", "language-models"],
  summary:
    "If a language model may write the kernel and a script decides whether it is right, the model will find the script's holes: constants within the tolerance, outputs that never depended on the input, results left in a reused buffer. This work from Sakana AI filters such tasks out, checks each kernel under several inputs, initialisations and shapes, asks three model verifiers before spending GPU time, and evolves kernels from profiler feedback. On an H100 the best layer norm runs 165.7 times faster than eager PyTorch, yet 2.05 times faster than the compiled one: the baseline is the number to distrust. The released filters have faults too, for instance absolute thresholds. We run weak and strict judges against cheats and honest kernels of our own, recount suspicious tasks, and let a search without any model write C++.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2509.14279" },
    { label: "Code", url: "https://github.com/SakanaAI/robust-kbench" },
  ],
  library: "forge",
  claims: [
    {
      id: "weak-judge-accepts-cheats",
      statement:
        "A judge in the manner of KernelBench, which compares five draws at one size and a loose tolerance in a buffer that held the reference, accepts at least 90 % of our cheating kernels that live to answer.",
      reported: {
        value: "exploitable loopholes",
        setting: "existing benchmarks of kernel generation",
      },
      scale: "desk",
      quantity: "fraction of cheating kernels accepted by the weak judge",
      holdsIf: atLeast(0.9, 20),
    },
    {
      id: "strict-judge-rejects-cheats",
      statement: "Over three master seeds the strict judge accepts none of our cheating kernels.",
      reported: {
        value: "rigorous evaluation",
        setting: "several inputs, initialisations and shapes per task",
      },
      scale: "desk",
      quantity: "number of accepted pairs of a cheating kernel and a master seed",
      holdsIf: atMost(0, 60),
    },
    {
      id: "strict-judge-accepts-honest",
      statement:
        "Over three master seeds the strict judge accepts every one of at least 8 honest kernels.",
      reported: null,
      scale: "desk",
      quantity: "fraction of pairs of an honest kernel and a master seed that are accepted",
      holdsIf: atLeast(1, 24),
    },
    {
      id: "tasks-solved-by-a-constant",
      statement:
        "At a tolerance of 1e-2, at least one in ten fusion, reduction and normalisation tasks accepts one constant as its answer.",
      reported: {
        value: "tasks filtered out",
        setting: "outputs near zero, constant, or independent of weights or inputs",
      },
      scale: "desk",
      quantity: "fraction of the examined tasks that accept the best constant",
      holdsIf: atLeast(0.1, 40),
    },
    {
      id: "filtering-halves-the-speed-up",
      statement:
        "Removing contaminated tasks from KernelBench at least halves the mean speed-up of generated kernels.",
      reported: {
        value: "3.13 to 1.49",
        unit: "times faster on average",
        setting: "generated kernels before and after filtering, as summarised by others",
      },
      scale: "paper",
      quantity: "mean speed-up over all tasks divided by that over the remaining tasks",
      holdsIf: atLeast(2),
    },
    {
      id: "layer-norm-beats-compiled",
      statement:
        "On an H100, an evolved kernel for the forward pass of layer norm is at least twice as fast as compiled PyTorch.",
      reported: {
        value: 2.05,
        unit: "times faster (165.7 against eager)",
        setting: "layer norm, forward pass, H100, official result file",
      },
      scale: "paper",
      quantity: "time of compiled PyTorch divided by time of the kernel",
      holdsIf: atLeast(2),
    },
    {
      id: "search-speeds-up-matmul",
      statement:
        "A verified search over C++ templates finds a 512 x 512 matrix product at least 40 times faster than the plain triple loop in one thread.",
      reported: null,
      scale: "desk",
      quantity: "time of the triple loop divided by time of the best verified candidate",
      holdsIf: atLeast(40),
    },
    {
      id: "search-speeds-up-softmax",
      statement:
        "The same search finds a softmax at least twice as fast as the scalar two-pass loop.",
      reported: null,
      scale: "desk",
      quantity: "time of the scalar loop divided by time of the best verified candidate",
      holdsIf: atLeast(2),
    },
  ],
});
