import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "generative-kernel-continual",
  title: "Generative Kernel Continual learning",
  arxiv: "2112.13410",
  submitted: "2021-12-26",
  authors: ["Mohammad Mahdi Derakhshani", "Xiantong Zhen", "Ling Shao", "Cees G. M. Snoek"],
  authorCount: 4,
  topics: ["continual-learning", "kernel-methods"],
  summary:
    "A classifier that learns one task after another forgets the first ones unless it keeps some of their data. Here it keeps none: a conditional variational autoencoder, rehearsed on its own samples, draws labelled examples of any earlier task on demand, and the classifier of that task is a kernel ridge regression solved in closed form on them. Only the generator is replayed, and a contrastive term pushes its classes apart. On 20 tasks of CIFAR-100 a linear kernel matches random features that store ten times as many samples, or wins 10.1 points at equal count. Such a count leaves out the generator's own weights, which at small scale outweigh the stored samples; we report both. CIFAR-100 itself must be fetched; we run digits, clothes and CIFAR-10.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2112.13410" },
    { label: "Code of the predecessor", url: "https://github.com/mmderakhshani/KCL" },
  ],
  library: "neural-kernels",
  claims: [
    {
      id: "more-accurate-at-equal-samples",
      statement:
        "With at most five samples per class, a linear kernel on generated samples is more accurate than variational random features on as many stored ones.",
      reported: {
        value: 10.1,
        unit: "percentage points",
        setting: "SplitCIFAR100, equal memory budget",
      },
      scale: "desk",
      quantity:
        "smallest mean paired gain in percentage points over 1, 2 and 5 samples per class, five seeds",
      holdsIf: atLeast(0.1, 5),
    },
    {
      id: "memory-saved",
      statement:
        "Variational random features need at least five times as many stored samples to reach the accuracy of a linear kernel on two generated samples per class.",
      reported: {
        value: 10,
        unit: "times less memory",
        setting: "SplitCIFAR100, equal accuracy",
      },
      scale: "desk",
      quantity: "ratio of samples per class at equal accuracy, stored to generated",
      holdsIf: atLeast(5, 5),
    },
    {
      id: "forgets-little",
      statement:
        "Over ten tasks of permuted digits, the average forgetting of the generative learner is at most 0.03.",
      reported: null,
      scale: "desk",
      quantity: "mean drop from the best to the final accuracy of earlier tasks",
      holdsIf: atMost(0.03, 5),
    },
    {
      id: "fine-tuning-forgets",
      statement:
        "Over the same ten tasks, plain fine-tuning forgets at least 0.15, so that the sequence is hard enough to tell methods apart.",
      reported: null,
      scale: "desk",
      quantity: "mean drop from the best to the final accuracy of earlier tasks",
      holdsIf: atLeast(0.15, 5),
    },
    {
      id: "contrast-helps",
      statement:
        "With one or two samples per class, the contrastive term raises the accuracy by at least half a percentage point.",
      reported: {
        value: "better accuracy with the contrastive term",
        setting: "ablation",
      },
      scale: "desk",
      quantity: "mean paired gain in percentage points, with the term minus without",
      holdsIf: atLeast(0.5, 5),
    },
    {
      id: "draws-agree",
      statement:
        "Solving a past task's classifier again from a fresh draw of the generator changes its accuracy with a standard deviation below one percentage point.",
      reported: null,
      scale: "desk",
      quantity: "standard deviation of the accuracy over draws, in percentage points",
      holdsIf: atMost(1, 5),
    },
    {
      id: "replay-costs-its-share",
      statement:
        "From the first to the last task the training time of a task grows by no more than the share of replayed samples in a batch.",
      reported: {
        value: "cheaper than replay on the whole model",
        setting: "only the generator is replayed",
      },
      scale: "desk",
      quantity: "growth of training time divided by the growth that the batch share allows",
      holdsIf: atMost(1),
    },
    {
      id: "gain-on-split-cifar100",
      statement:
        "On SplitCIFAR100 with 20 tasks, the linear kernel on generated samples gains at least ten percentage points over variational random features at equal memory.",
      reported: {
        value: 10.1,
        unit: "percentage points",
        setting: "SplitCIFAR100, equal memory budget",
      },
      scale: "paper",
      quantity: "difference of average accuracy in percentage points",
      holdsIf: atLeast(10, 5),
    },
  ],
});
