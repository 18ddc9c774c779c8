import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "deep-kernel-machines",
  title: "A theory of representation learning gives a deep generalisation of kernel methods",
  arxiv: "2108.13097",
  submitted: "2021-08-30",
  authors: [
    "Adam X. Yang",
    "Maxime Robeyns",
    "Edward Milsom",
    "Ben Anson",
    "Nandi Schoots",
    "Laurence Aitchison",
  ],
  authorCount: 6,
  topics: ["gaussian-processes", "kernel-methods"],
  summary:
    "Make a Bayesian network infinitely wide and its kernel freezes: the data no longer shape the features. The authors scale the likelihood up along with the width, and the limit changes character. Each layer keeps a Gram matrix $G_l$ as a free parameter, drawn towards the labels by the likelihood and back to the kernel of the layer below by a Kullback-Leibler term of strength $\\nu_l$; large $\\nu$ gives the frozen kernel back. There are no weights and nothing to sample. Stacking such layers yields a deep kernel machine, and inducing points bring its cost down to linear in the data. Uniqueness of the optimum is proved for linear kernels only, so we try many starts, compare with finite deep Gaussian processes of growing width, and check on UCI tables whether learned kernels predict better.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2108.13097" },
    { label: "ICML 2023", url: "https://proceedings.mlr.press/v202/yang23k.html" },
  ],
  library: "neural-kernels",
  claims: [
    {
      id: "one-optimum",
      statement:
        "From 20 random starts the objective of a deep kernel machine with ReLU kernels ends at the same value, to a relative spread of 1e-4.",
      reported: {
        value: "unimodal",
        setting: "proved for linear kernels, conjectured otherwise",
      },
      scale: "desk",
      quantity: "relative spread of the optimised objective over starts",
      holdsIf: atMost(1e-4, 20),
    },
    {
      id: "optimum-above-fixed-kernel",
      statement:
        "Every optimum that is found has an objective above that of the fixed kernel of the infinitely wide network.",
      reported: null,
      scale: "desk",
      quantity: "smallest difference of objectives in nats, optimum minus fixed kernel",
      holdsIf: atLeast(0.001, 20),
    },
    {
      id: "linear-kernels-interpolate",
      statement:
        "With linear kernels, the learned Gram matrices interpolate between input and label Gram matrix as the scalar problem for each shared eigenvector predicts, to 1e-5.",
      reported: {
        value: "each layer lies between input and output",
        setting: "linear kernels, any depth",
      },
      scale: "desk",
      quantity: "largest absolute difference of eigenvalues to the scalar optimum",
      holdsIf: atMost(1e-5),
    },
    {
      id: "finite-width-converges",
      statement:
        "The relative distance between the posterior Gram matrices of a deep Gaussian process of width 4 to 256 and the learned ones falls like the inverse of the width, with a log-log slope between -1.3 and -0.7.",
      reported: {
        value: "closer with width",
        setting: "Langevin sampling of wide deep Gaussian processes",
      },
      scale: "desk",
      quantity: "slope of log relative distance against log width",
      holdsIf: between(-1.3, -0.7),
    },
    {
      id: "width-256-is-close",
      statement:
        "At width 256 the posterior Gram matrices of a deep Gaussian process on 20 points differ from the learned ones by at most 5 %.",
      reported: null,
      scale: "desk",
      quantity: "relative Frobenius distance at width 256",
      holdsIf: atMost(0.05),
    },
    {
      id: "kernel-aligns-with-labels",
      statement:
        "On the yacht and energy data the learned last-layer kernel is better aligned with the labels than the fixed kernel, by at least 0.1 at strength 1.",
      reported: {
        value: "the learned kernel moves towards the labels, the fixed one cannot",
        setting: "small data sets",
      },
      scale: "desk",
      quantity: "smaller over the two data sets of the gain in kernel-label alignment",
      holdsIf: atLeast(0.1),
    },
    {
      id: "sparse-cost-is-linear",
      statement:
        "With 100 inducing points, the time of an epoch grows linearly with the number of data points, with a log-log slope between 0.85 and 1.15.",
      reported: {
        value: "linear in the number of data points",
        setting: "inducing-point deep kernel machine",
      },
      scale: "desk",
      quantity: "slope of log epoch time against log number of points on power and kin8nm",
      holdsIf: between(0.85, 1.15),
    },
    {
      id: "predicts-better-on-uci",
      statement:
        "On at least 4 of 6 UCI regression sets the deep kernel machine has a higher mean test log-likelihood than the fixed kernel, over five paired splits.",
      reported: {
        value: "better than or similar to baselines",
        setting: "UCI regression sets",
      },
      scale: "desk",
      quantity: "count of data sets, out of six, with a higher mean test log-likelihood",
      holdsIf: atLeast(4),
    },
  ],
});
