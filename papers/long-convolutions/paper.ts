import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "long-convolutions",
  title: "Simple Hardware-Efficient Long Convolutions for Sequence Modeling",
  arxiv: "2302.06646",
  submitted: "2023-02-13",
  authors: [
    "Daniel Y. Fu",
    "Elliot L. Epstein",
    "Eric Nguyen",
    "Armin W. Thomas",
    "Michael Zhang",
    "Tri Dao",
    "Atri Rudra",
    "Christopher Ré",
  ],
  authorCount: 8,
  topics: ["language-models", "efficient-inference", "gpu-kernels"],
  summary:
    "Can a filter with one free weight for every position of the sequence do the work of a state-space model? Trained as it stands it cannot. The cure is a soft threshold: in every forward pass each tap moves towards zero by $\\lambda$ (0.001 to 0.004 in the experiments) and small taps vanish. Speed then depends on the FFT, which is written as products of small dense matrices, so that the data cross slow memory three times only; letting training change those matrices adds freedom at no cost. Reported are 92.2 % on Path256 with 64K steps, convolutions 2.2 times faster, and a WikiText-103 perplexity of 20.4 against 20.6. Two doubts: the released script gives the filter twice the sequence's length, hence sees the future where its comment says causal, and the three-pass kernel was never released. We test the threshold on handwritten digits.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2302.06646" },
    { label: "Code (safari)", url: "https://github.com/HazyResearch/safari" },
    {
      label: "Successor (flash-fft-conv)",
      url: "https://github.com/HazyResearch/flash-fft-conv",
    },
  ],
  library: "sequence",
  claims: [
    {
      id: "squash-beats-plain",
      statement:
        "Trained on 500 handwritten digits that are read pixel by pixel, a long-convolution net with squashed kernels is at least 2 percentage points more accurate than the same net with plain kernels.",
      reported: {
        value: "matches state-space models",
        setting: "Long Range Arena, images, language and brain recordings, with squashed kernels",
      },
      scale: "desk",
      quantity:
        "test accuracy with squash minus test accuracy without, in percentage points, mean over seeds",
      holdsIf: atLeast(2, 3),
    },
    {
      id: "squash-makes-sparse",
      statement:
        "After training with the soft threshold, between 20 % and 95 % of all kernel taps are exactly zero.",
      reported: null,
      scale: "desk",
      quantity: "fraction of taps that are zero after the threshold",
      holdsIf: between(0.2, 0.95),
    },
    {
      id: "squash-makes-smooth",
      statement:
        "The spectrum of a kernel trained with the soft threshold has at most half the total variation of one trained without.",
      reported: {
        value: "smooth kernels are the key requirement",
        setting: "kernels after training, with and without squashing",
      },
      scale: "desk",
      quantity: "total variation of the kernel's spectrum, squashed divided by plain",
      holdsIf: atMost(0.5),
    },
    {
      id: "double-length-kernel-sees-future",
      statement:
        "With 2L taps under an FFT of size 2L, as in the released standalone script, an output depends on later inputs at least a tenth as strongly as on earlier ones.",
      reported: { value: "causal", setting: "comment in the released standalone script" },
      scale: "desk",
      quantity:
        "largest |dy_t/du_s| over s > t divided by the largest over s <= t, random kernels of 2L taps",
      holdsIf: atLeast(0.1),
    },
    {
      id: "learned-butterfly-trains-lower",
      statement:
        "Starting from identical outputs, a layer whose small DFT matrices are trained reaches a training loss at least 1 % below that of the fixed FFT after the same number of steps.",
      reported: {
        value: 1.5,
        unit: "percentage points of test accuracy gained",
        setting: "sequential CIFAR, learned against fixed Butterfly (92.5 against 91.0)",
      },
      scale: "desk",
      quantity: "training loss with learned matrices divided by training loss with fixed ones",
      holdsIf: atMost(0.99),
    },
    {
      id: "three-pass-faster-out-of-cache",
      statement:
        "For a sequence of 2^20 samples, which no longer fits the second-level cache, the three-pass convolution on a CPU takes at most 1 / 1.3 of the time of the in-place FFT convolution.",
      reported: {
        value: 2.2,
        unit: "times faster",
        setting: "fused convolution on a data-centre GPU",
      },
      scale: "desk",
      quantity: "time of the in-place FFT convolution divided by that of the three-pass plan",
      holdsIf: atLeast(1.3),
    },
    {
      id: "fused-conv-beats-gpu-fft",
      statement:
        "On a GPU, a fused three-pass convolution of 8K to 1M samples is at least 2.2 times faster than the same convolution through the vendor's FFT library.",
      reported: { value: 2.2, unit: "times faster", setting: "convolution on a data-centre GPU" },
      scale: "paper",
      quantity: "ratio of the FFT library's to our time, median over the lengths",
      holdsIf: atLeast(2.2),
    },
    {
      id: "path256-accuracy",
      statement:
        "A long-convolution net classifies Path256, whose sequences have 64K steps, with an accuracy of at least 92.2 %.",
      reported: { value: 92.2, unit: "% accuracy", setting: "Path256, sequence length 64K" },
      scale: "paper",
      quantity: "test accuracy on Path256 in %",
      holdsIf: atLeast(92.2),
    },
  ],
});
