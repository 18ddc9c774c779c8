import { atLeast, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "ntk-nas",
  title:
    "Demystifying the Neural Tangent Kernel from a Practical Perspective: Can it be trusted for Neural Architecture Search without training?",
  arxiv: "2203.14577",
  submitted: "2022-03-28",
  authors: ["Jisoo Mok", "Byunggook Na", "Ji-Hoon Kim", "Dongyoon Han", "Sungroh Yoon"],
  authorCount: 5,
  topics: ["neural-tangent-kernels", "vision"],
  summary:
    "Zero-cost search promises to rank architectures before any training, for example by the condition number or the mean of the tangent kernel at initialisation. The authors find such scores fickle: they change with the benchmark and with the mode of batch normalisation, because the kernels of modern cells do not stay put. They propose label-gradient alignment instead, the correlation between the kernel $GG^\\top$ of per-image gradients and a matrix that is $+1$ where two labels agree and $-1$ elsewhere, taken after about an epoch of training. It then ranks NAS-Bench-201 cells usefully and steers random and evolutionary search. What the abstract does not offer is the free baseline: counting convolution weights alone gives a Kendall $\\tau$ of 0.58 on all 15,625 cells. We put that number beside every score, on a shrunken network with true benchmark accuracies.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2203.14577" },
    { label: "Code", url: "https://github.com/naver-ai/demystifying-ntk" },
    {
      label: "Repository named in the abstract",
      url: "https://github.com/nutellamok/DemystifyingNTK",
    },
  ],
  library: "neural-kernels",
  claims: [
    {
      id: "short-training-improves-ranking",
      statement:
        "Label-gradient alignment ranks 60 NAS-Bench-201 cells by final CIFAR-10 accuracy with a Kendall tau at least 0.001 higher after one short epoch of training than at initialisation.",
      reported: {
        value: "meaningful rank correlation only after some training",
        setting: "NAS-Bench-201 and others, full-size networks",
      },
      scale: "desk",
      quantity:
        "Kendall tau after training minus tau at initialisation, 90 % bootstrap interval over cells",
      holdsIf: atLeast(0.001, 60),
    },
    {
      id: "trained-alignment-ranks",
      statement:
        "After one short epoch on a shrunken network, label-gradient alignment reaches a Kendall tau of at least 0.35 with the final CIFAR-10 accuracy of 60 cells.",
      reported: {
        value: "meaningful rank correlation",
        setting: "NAS-Bench-201, a few epochs of training",
      },
      scale: "desk",
      quantity: "Kendall tau-b between alignment and 200-epoch accuracy",
      holdsIf: atLeast(0.35, 60),
    },
    {
      id: "parameter-count-ranks",
      statement:
        "Counting convolution weights ranks all 15,625 cells by final CIFAR-10 accuracy with a Kendall tau of at least 0.55, without any network.",
      reported: null,
      scale: "paper",
      quantity: "Kendall tau-b between 9 times the 3x3 plus the 1x1 convolutions and accuracy",
      holdsIf: atLeast(0.55, 15_625),
    },
    {
      id: "alignment-beats-parameter-count",
      statement:
        "On the same cells, label-gradient alignment after short training reaches a Kendall tau at least 0.001 above that of the number of convolution weights.",
      reported: null,
      scale: "desk",
      quantity: "Kendall tau of the alignment minus Kendall tau of the weight count",
      holdsIf: atLeast(0.001, 60),
    },
    {
      id: "kernel-drifts",
      statement:
        "One short epoch of training changes the tangent kernel of the median cell by more than 30 % of its norm.",
      reported: {
        value: "highly non-linear evolution",
        setting: "cells of NAS-Bench-201 tracked over 100 epochs",
      },
      scale: "desk",
      quantity: "median over cells of ||N_t - N_0|| / ||N_0||",
      holdsIf: atLeast(0.3, 60),
    },
    {
      id: "best-cells-drift-most",
      statement:
        "The kernels of the more accurate half of the cells drift more than those of the other half, by at least 0.001 of their norm in the median.",
      reported: null,
      scale: "desk",
      quantity: "median relative drift of the top half minus that of the bottom half",
      holdsIf: atLeast(0.001, 60),
    },
    {
      id: "alignment-guides-search",
      statement:
        "Over 200 seeds, random search that keeps the cell with the highest alignment of 60 ends with at least 0.01 points less regret than a random choice among the same cells.",
      reported: {
        value: "competitive search at far less cost",
        setting: "random search and regularised evolution with alignment after a few epochs",
      },
      scale: "desk",
      quantity: "mean regret of a random choice minus mean regret of the guided one, in points",
      holdsIf: atLeast(0.01, 200),
    },
    {
      id: "trained-alignment-beats-initial-metrics",
      statement:
        "On full-size networks, alignment after a few epochs ranks 1,000 cells with a Kendall tau at least 0.001 above the best of mean, Frobenius norm, condition number and alignment at initialisation.",
      reported: {
        value: "metrics at initialisation are unreliable",
        setting: "NAS-Bench-201, 3,000 architectures, batch of 256 images",
      },
      scale: "paper",
      quantity: "Kendall tau of trained alignment minus the largest tau at initialisation",
      holdsIf: atLeast(0.001, 1000),
    },
  ],
});
