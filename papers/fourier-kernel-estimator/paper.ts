import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "fourier-kernel-estimator",
  title: "DeepRFTv2: Kernel-level Learning for Image Deblurring",
  arxiv: "2511.21132",
  submitted: "2025-11-26",
  authors: ["Xintian Mao", "Haofei Song", "Yin-Nian Liu", "Qingli Li", "Yan Wang"],
  authorCount: 5,
  topics: ["vision"],
  summary:
    "A camera shake smears a picture over dozens of pixels, farther than a small convolution reaches. This deblurring network ends in a layer that takes the spectrum of its feature maps, predicts from it one complex transfer function per channel, multiplies, and transforms back: a circular convolution of any extent at the price of two FFTs. The body around it has reversible columns, whose activations are recomputed instead of stored, so memory does not grow with depth. The abstract ranks it first on motion blur, yet we have seen no table and reproduce none. We check what can be exact (the layer equals a given convolution, its cost ignores the kernel's size, columns invert) and whether, at equal parameters and steps, it beats a spatial layer on new images; our probe saw half a decibel.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2511.21132" },
    { label: "Code", url: "https://github.com/DeepMed-Lab-ECNU/Single-Image-Deblur" },
    { label: "Implementation history", url: "https://github.com/INVOKERer/DeepRFTv2" },
  ],
  library: "vision",
  claims: [
    {
      id: "layer-is-convolution",
      statement:
        "With a prescribed transfer function, the layer equals circular convolution with that kernel to 1e-5 of the largest value, for kernels up to the size of the image.",
      reported: null,
      scale: "desk",
      quantity: "largest absolute error divided by the largest absolute value",
      holdsIf: atMost(1e-5),
    },
    {
      id: "cost-ignores-kernel-size",
      statement:
        "At 128 pixels the layer's run time does not depend on the kernel's extent from 5 to 63 pixels, with a log-log slope within 0.05 of zero.",
      reported: { value: "low complexity", setting: "Fourier kernel estimator" },
      scale: "desk",
      quantity: "slope of log time against log kernel extent",
      holdsIf: between(-0.05, 0.05),
    },
    {
      id: "cost-near-linear-in-pixels",
      statement:
        "The layer's run time grows with the number of pixels to a power between 1.0 and 1.2.",
      reported: null,
      scale: "desk",
      quantity: "slope of log time against log number of pixels",
      holdsIf: between(1, 1.2),
    },
    {
      id: "columns-invert",
      statement:
        "After eight reversible columns in single precision, the input is recovered from the output to an error of 1e-4.",
      reported: null,
      scale: "desk",
      quantity: "largest absolute error of the recovered states",
      holdsIf: atMost(1e-4),
    },
    {
      id: "memory-flat-in-columns",
      statement:
        "Peak activation memory in training grows by at most 10 % from two to eight reversible columns.",
      reported: { value: "low training memory", setting: "reversible sub-networks" },
      scale: "desk",
      quantity: "ratio of peak activation bytes, eight columns to two",
      holdsIf: atMost(1.1),
    },
    {
      id: "beats-spatial-layer",
      statement:
        "On unseen images with motion blur of 9 to 17 pixels, the spectral layer gains at least 0.2 dB over a spatial layer with at least as many parameters, the same trunk and the same steps.",
      reported: {
        value: "better than learning at pixel level",
        setting: "motion deblurring benchmarks",
      },
      scale: "desk",
      quantity: "difference in PSNR gain in dB, spectral minus spatial, over seeds",
      holdsIf: atLeast(0.2, 3),
    },
    {
      id: "kernels-have-meaning",
      statement:
        "The predicted spectra correlate with the true blur spectra of their crops more strongly than 99 % of the pairings with permuted kernels.",
      reported: { value: "physically meaningful kernels", setting: "visual inspection" },
      scale: "desk",
      quantity: "fraction of permutations with a smaller mean correlation of log magnitudes",
      holdsIf: atLeast(0.99, 100),
    },
  ],
});
