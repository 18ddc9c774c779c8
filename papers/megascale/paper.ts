import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "megascale",
  title: "MegaScale: Scaling Large Language Model Training to More Than 10,000 GPUs",
  arxiv: "2402.15627",
  submitted: "2024-02-23",
  authors: [
    "Ziheng Jiang",
    "Haibin Lin",
    "Yinmin Zhong",
    "Qi Huang",
    "Yangrui Chen",
    "Zhi Zhang",
    "Yanghua Peng",
    "Xiang Li",
    "Cong Xie",
    "Shibiao Nong",
    "Yulu Jia",
    "Sun He",
    "Hongmin Chen",
    "Zhihao Bai",
    "Qi Hou",
    "Shipeng Yan",
    "Ding Zhou",
    "Yiyao Sheng",
    "Zhuo Jiang",
    "Haohan Xu",
    "Haoran Wei",
    "Zhang Zhang",
    "Pengfei Nie",
    "Leqi Zou",
    "Sida Zhao",
    "Liang Xiang",
    "Zherui Liu",
    "Zhe Li",
    "Xiaoying Jia",
    "Jianxi Ye",
    "Xin Jin",
    "Xin Liu",
  ],
  authorCount: 32,
  topics: ["systems", "language-models"],
  summary:
    "A job on 12,288 GPUs loses time twice: while chips wait for one another, and while something is broken. This report from ByteDance takes both apart. Against waiting: attention and MLP side by side in one block, windowed attention, collectives cut into chunks and hidden behind matrix products, sends decoupled from receives in the pipeline, a larger batch under LAMB. Against breakage: heartbeats, self-tests that evict bad hosts, two-stage checkpoints, timelines that show who is slow. Training 175 billion parameters reaches 55.2 % of peak arithmetic, 1.34 times Megatron-LM. Nobody else can rerun that, and its figures credit a window whose size is not given. We therefore recompute the tables, predict rows that our planner was not fitted to, kill and freeze real worker processes, and print one number, 87.5 % less pipeline bubble, that does not follow.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2402.15627" },
    { label: "Parts of the code (veScale)", url: "https://github.com/volcengine/veScale" },
  ],
  library: "cluster",
  claims: [
    {
      id: "scaling-table-consistent",
      statement:
        "Every throughput, training time and utilisation printed for the 175B model follows from that row's GPUs, batch and iteration time to within the 1 % that rounding allows.",
      reported: {
        value: "8 rows for each of two systems",
        setting: "175B parameters, 300B tokens, 256 to 12,288 A100 GPUs",
      },
      scale: "simulated",
      quantity: "largest relative difference between a printed and a recomputed value, in %",
      holdsIf: atMost(1),
    },
    {
      id: "megascale-over-megatron-at-12288",
      statement:
        "Our planner, fitted to the 256- and 1,024-GPU rows only, predicts a ratio of iteration times of Megatron-LM to MegaScale on 12,288 GPUs that lies within 5 % of the reported 1.352.",
      reported: {
        value: 1.352,
        unit: "ratio of seconds per iteration (8.57 to 6.34)",
        setting: "175B parameters, 12,288 GPUs, batch 6,144; 1.34 as a ratio of utilisations",
      },
      scale: "simulated",
      quantity: "predicted time of Megatron-LM divided by predicted time of MegaScale",
      holdsIf: between(1.284, 1.42),
    },
    {
      id: "datasheet-prediction",
      statement:
        "From datasheet constants alone, with nothing fitted, the planner predicts the iteration times of all eight Megatron-LM rows with a mean absolute error of at most 8 %.",
      reported: null,
      scale: "simulated",
      quantity: "mean |predicted - reported| / reported over the eight rows, in %",
      holdsIf: atMost(8, 8),
    },
    {
      id: "held-out-rows-predicted",
      statement:
        "With two numbers per system fitted to the 256- and 1,024-GPU rows, the planner predicts the other six rows of both systems with a mean absolute error of at most 4 %.",
      reported: null,
      scale: "simulated",
      quantity: "mean |predicted - reported| / reported over the twelve held-out rows, in %",
      holdsIf: atMost(4, 12),
    },
    {
      id: "ablation-steps-predicted",
      statement:
        "With no parameter fitted to it, the planner predicts the gain of every step of the ablation at 256 GPUs to within 2.5 points of utilisation.",
      reported: {
        value: "47.7 to 65.3",
        unit: "% utilisation over eight cumulative steps",
        setting: "256 GPUs, batch 256, the last step with a threefold batch",
      },
      scale: "simulated",
      quantity: "largest |predicted - reported| gain of a step, in points of utilisation",
      holdsIf: atMost(2.5, 8),
    },
    {
      id: "lamb-cuts-bubble",
      statement:
        "Quadrupling the batch, which LAMB permits, takes away 87.5 % of the pipeline bubble per token.",
      reported: {
        value: 87.5,
        unit: "% less bubble",
        setting: "interleaved pipeline schedule, fourfold batch under LAMB",
      },
      scale: "simulated",
      quantity: "reduction of bubble time per token between m and 4m microbatches, in %",
      holdsIf: between(87, 88),
    },
    {
      id: "culprit-named",
      statement:
        "In a data-parallel run of four processes, the diagnosis names the culprit in each of 20 injected faults (kill, freeze, slow-down, damaged checkpoint).",
      reported: {
        value: "> 90",
        unit: "% of faults found and fixed automatically",
        setting: "production clusters over several weeks",
      },
      scale: "desk",
      quantity: "fraction of injected faults whose culprit was named",
      holdsIf: atLeast(1, 20),
    },
    {
      id: "effective-training-time",
      statement:
        "With one fault in every 100 steps, a four-process run with two-stage checkpoints still spends more than 90 % of its time on steps that count.",
      reported: {
        value: "> 90",
        unit: "% effective training time",
        setting: "production run of several weeks with over 100 restarts",
      },
      scale: "desk",
      quantity: "time of steps that survive divided by wall-clock time, in %",
      holdsIf: atLeast(90),
    },
  ],
});
