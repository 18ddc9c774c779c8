import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "fps-attention",
  title: "FPSAttention: Training-Aware FP8 and Sparsity Co-Design for Fast Video Diffusion",
  arxiv: "2506.04648",
  submitted: "2025-06-05",
  authors: [
    "Akide Liu",
    "Zeyu Zhang",
    "Zhexin Li",
    "Xuehai Bai",
    "Yizeng Han",
    "Jiasheng Tang",
    "Yuanjie Xing",
    "Jichao Wu",
    "Mingyang Yang",
    "Weihua Chen",
    "Jiahao He",
    "Yuanyu He",
    "Fan Wang",
    "Gholamreza Haffari",
    "Bohan Zhuang",
  ],
  authorCount: 15,
  topics: ["attention", "efficient-inference", "gpu-kernels", "vision"],
  summary:
    "In a video diffusion transformer most of the time goes into attention over every patch of every frame. Eight-bit floats make each product cheaper, skipping distant patches leaves fewer; applied together after training they wreck the model. Here one block of space and time is the unit of both: it carries one scale and is kept or skipped as a whole, finer and wider in the middle of denoising than at its ends, and training sees both errors. On an H20 the attention kernel runs 7.09 times faster and a 14-billion-parameter model 4.96 times. No code was found, and the three rows of the published speed table imply attention shares of 0.93, 0.45 and 0.90, which cannot all be true. We measure collapse and recovery on a small model of real street video.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2506.04648" },
    { label: "Project page", url: "https://fps.ziplab.co" },
  ],
  library: "sequence",
  claims: [
    {
      id: "tile-scales-contain-outliers",
      statement:
        "With one token thirty times larger than the rest, E4M3 scales per tile halve the attention output error of one scale for the whole tensor, or better.",
      reported: null,
      scale: "desk",
      quantity: "ratio of relative output errors, scale per tile to scale per tensor",
      holdsIf: atMost(0.5),
    },
    {
      id: "naive-combination-collapses",
      statement:
        "Adding FP8 and tile sparsity to a trained video model without further training raises its validation loss by at least five times the spread between seeds.",
      reported: {
        value: -21.1,
        unit: "% of the VBench total (0.8019 to 0.6325)",
        setting: "Wan2.1-1.3B, quantised and sparse without training",
      },
      scale: "desk",
      quantity: "increase of the velocity loss divided by its standard deviation over seeds",
      holdsIf: atLeast(5, 3),
    },
    {
      id: "training-recovers",
      statement:
        "Fine-tuning with both errors present wins back at least 70 % of that gap, compared with a dense model that was given the same extra steps.",
      reported: {
        value: 1.8,
        unit: "% above the dense VBench total (0.8160)",
        setting: "Wan2.1-1.3B after training with both",
      },
      scale: "desk",
      quantity: "fraction of the gap in velocity loss that is recovered",
      holdsIf: atLeast(0.7, 3),
    },
    {
      id: "middle-steps-most-sensitive",
      statement:
        "For a fixed tile and window, the relative output error over the denoising process is largest in the middle, between 20 and 80 % of its progress.",
      reported: {
        value: "fine tiles and dense windows in the middle phase",
        setting: "schedule over 50 denoising steps",
      },
      scale: "desk",
      quantity: "normalised progress at which the relative output error peaks",
      holdsIf: between(0.2, 0.8),
    },
    {
      id: "searched-schedule-not-worse",
      statement:
        "A searched schedule of tiles and windows has a loss no higher than a uniform one at the same mean density.",
      reported: null,
      scale: "desk",
      quantity: "ratio of losses, searched schedule to uniform",
      holdsIf: atMost(1),
    },
    {
      id: "skipping-pays",
      statement:
        "At 8000 tokens or more and densities down to 0.1, skipping tiles speeds attention up by at least 0.8 divided by the density on a CPU.",
      reported: {
        value: 5.15,
        unit: "times faster attention kernel",
        setting: "tile sparsity alone, Wan2.1-14B at 720p on an H20",
      },
      scale: "desk",
      quantity: "smallest product of speed-up and density",
      holdsIf: atLeast(0.8),
    },
    {
      id: "kernel-speedup-on-hopper",
      statement:
        "On a Hopper GPU the FP8 sparse kernel is at least six times as fast as dense BF16 attention at the shapes of a 720p video.",
      reported: {
        value: 7.09,
        unit: "times faster attention kernel",
        setting: "Wan2.1-14B at 720p on an H20",
      },
      scale: "paper",
      quantity: "ratio of times, dense BF16 attention to FP8 sparse attention",
      holdsIf: atLeast(6),
    },
    {
      id: "speed-table-consistent",
      statement:
        "The kernel and end-to-end factors of the three rows of the speed table imply, by Amdahl's law, the same share of time in attention to within 0.1.",
      reported: {
        value: "1.84 and 1.26, 5.15 and 3.60, 7.09 and 4.96",
        unit: "times faster, kernel and end to end",
        setting: "FP8 alone, sparsity alone and both, Wan2.1-14B at 720p",
      },
      scale: "paper",
      quantity: "largest minus smallest implied share of time in attention",
      holdsIf: atMost(0.1, 3),
    },
  ],
});
