import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "multikernelbench",
  title: "MultiKernelBench: A Multi-Platform Benchmark for Kernel Generation",
  arxiv: "2507.17773",
  submitted: "2025-07-19",
  authors: [
    "Zhongzhen Wen",
    "Yinghui Zhang",
    "Zhong Li",
    "Zhongxin Liu",
    "Linna Xie",
    "Tian Zhang",
  ],
  authorCount: 6,
  topics: ["gpu-kernels", "language-models"],
  summary:
    "Benchmarks for machine-written kernels mostly ask for CUDA. This one states each of 285 tasks once, in 14 categories, and puts the platform behind an interface of six methods (find the device, name it, compile, check, time, clean up), so that CUDA, Ascend and TPU answers are judged alike. Seven language models were asked. The best at CUDA, DeepSeek-R1, gets 52.6 % of the CUDA tasks right at the first try but only 2.8 % for TPUs and 1.4 % in AscendC; convolutions are hardest. Showing an example from the task's own category doubles the success on Ascend or better. What to doubt: the paper accepts errors of $10^{-2}$, loose enough that a constant passes on some tasks. We rebuild the suite, check its references, run hand-written kernels on several back ends, and count what a loose tolerance lets through.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2507.17773" },
    { label: "Code", url: "https://github.com/wzzll123/MultiKernelBench" },
  ],
  library: "forge",
  claims: [
    {
      id: "all-tasks-listed",
      statement:
        "The rebuilt suite holds exactly 285 tasks in 14 categories, each of which loads with the listed shapes.",
      reported: { value: 285, unit: "tasks in 14 categories", setting: "the published suite" },
      scale: "paper",
      quantity: "number of tasks that load with the shapes and the category of the published list",
      holdsIf: between(285, 285),
    },
    {
      id: "references-agree-with-torch",
      statement:
        "At shapes scaled to a desk, the references of at least 200 tasks agree with PyTorch on the CPU to a relative 1e-5.",
      reported: null,
      scale: "desk",
      quantity: "number of tasks whose reference agrees with PyTorch's to 1e-5",
      holdsIf: atLeast(200),
    },
    {
      id: "one-suite-six-back-ends",
      statement:
        "Hand-written kernels for 20 tasks from at least 8 categories pass the strict judge on all of six live back ends.",
      reported: {
        value: "3 platforms",
        setting: "NVIDIA GPU, Huawei NPU and Google TPU behind one interface",
      },
      scale: "desk",
      quantity: "accepted cells of the 20 by 6 matrix, as a fraction",
      holdsIf: atLeast(1, 120),
    },
    {
      id: "loose-tolerance-accepts-constants",
      statement:
        "At the paper's tolerance of 1e-2 a single constant solves at least twice as many tasks as at 1e-4.",
      reported: {
        value: 0.01,
        unit: "absolute and relative tolerance",
        setting: "correctness check of the paper; the current code uses 1e-4",
      },
      scale: "desk",
      quantity: "tasks that accept one constant at 1e-2 divided by those that do at 1e-4",
      holdsIf: atLeast(2, 100),
    },
    {
      id: "best-model-cuda-pass",
      statement:
        "At the first greedy attempt, none of the seven tested models writes a correct CUDA kernel for more than 52.6 % of the 285 tasks.",
      reported: {
        value: 52.6,
        unit: "% of tasks correct",
        setting: "DeepSeek-R1-0528, CUDA on an NVIDIA L20, one greedy attempt",
      },
      scale: "paper",
      quantity: "largest share of CUDA tasks solved by a model in one greedy attempt, in %",
      holdsIf: atMost(52.6, 285),
    },
    {
      id: "cuda-pallas-gap",
      statement:
        "Each of the three best models solves at least 36 percentage points more of the tasks in CUDA than in Pallas for TPUs.",
      reported: {
        value: "49.8, 38.6 and 36.8",
        unit: "percentage points",
        setting: "DeepSeek-R1, Claude Sonnet 4 and Qwen3-235B, one greedy attempt",
      },
      scale: "paper",
      quantity:
        "smallest difference of the pass rates in CUDA and Pallas over three models, in points",
      holdsIf: atLeast(36, 285),
    },
    {
      id: "category-example-doubles-ascend",
      statement:
        "A one-shot example from the task's own category raises the share of AscendC tasks solved at the first attempt by at least 100 % relative to a fixed example.",
      reported: {
        value: "100 to 160",
        unit: "% relative gain",
        setting: "AscendC, one attempt, in-category example against the example `add`",
      },
      scale: "paper",
      quantity: "relative gain of the pass rate through category-aware prompting, in %",
      holdsIf: atLeast(100),
    },
  ],
});
