import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "log-bessel",
  title: "Accurate Computation of the Logarithm of Modified Bessel Functions on GPUs",
  arxiv: "2409.08729",
  submitted: "2024-09-13",
  authors: ["Andreas Plesner", "Hans Henrik Brandenborg Sørensen", "Søren Hauberg"],
  authorCount: 3,
  topics: ["special-functions", "gpu-kernels", "statistics"],
  summary:
    "Anyone who fits a von Mises-Fisher density to unit vectors with thousands of coordinates needs $\\log I_v(x)$ at orders where $I_v(x)$ itself is far below the smallest double. The authors never form it: a table of inequalities in $v$ and $x$ picks a large-argument series with 3 or 20 terms, a uniform large-order expansion with 4 to 13 terms, or, in the small corner that is left, a power series for $I$ and an integral for $K$, all summed as logarithms. Every element takes one short branch, which suits a GPU. They report median speed-ups over SciPy of 35 on a CPU and 77 on a GPU, and fits in 32,768 dimensions. Doubt the integral for $K$ near the origin, which lost digits in our tests; we replace it, and compare with stored 60-digit values.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2409.08729" },
    {
      label: "First author's vMF fitting script",
      url: "https://github.com/aplesner/vMF_estimation",
    },
  ],
  library: "special",
  claims: [
    {
      id: "log-i-accurate",
      statement:
        "On at least 500 stored high-precision points, the error of log I_v(x) in double precision, divided by max(1, |log I_v(x)|), never exceeds 5e-14.",
      reported: {
        value: "order of machine precision",
        unit: "relative error",
        setting: "double precision, over the ranges of order and argument that the authors tested",
      },
      scale: "desk",
      quantity: "largest mixed error |difference| / max(1, |reference|) of log I",
      holdsIf: atMost(5e-14, 500),
    },
    {
      id: "log-k-accurate",
      statement:
        "On at least 500 stored high-precision points, the error of log K_v(x) in double precision, divided by max(1, |log K_v(x)|), never exceeds 1e-13.",
      reported: {
        value: "order of machine precision",
        unit: "relative error",
        setting: "double precision, over the ranges of order and argument that the authors tested",
      },
      scale: "desk",
      quantity: "largest mixed error |difference| / max(1, |reference|) of log K",
      holdsIf: atMost(1e-13, 500),
    },
    {
      id: "always-finite",
      statement:
        "For orders from 0 to 1e6 and arguments from 1e-300 to 1e12, neither log I_v(x) nor log K_v(x) ever comes out infinite or NaN.",
      reported: {
        value: 0,
        unit: "underflows and overflows",
        setting: "all inputs that the authors tested",
      },
      scale: "desk",
      quantity: "count of non-finite values of log I and log K over random points of every region",
      holdsIf: atMost(0, 20_000),
    },
    {
      id: "scipy-fails-at-large-order",
      statement:
        "For v uniform in [300, 10000] and x uniform in [150, 20000], the logarithm of SciPy's scaled Bessel functions is non-finite on at least 60 % of the points on which ours is finite.",
      reported: {
        value: "existing libraries fail",
        setting: "inputs of large order, for instance",
      },
      scale: "desk",
      quantity:
        "fraction of points where log of SciPy's ive or kve is non-finite and ours is finite, the smaller of the two",
      holdsIf: atLeast(0.6, 100),
    },
    {
      id: "faster-than-scipy-on-cpu",
      statement:
        "On one CPU thread, the median over the large, medium and small argument ranges of SciPy's time per value divided by ours is at least 5.",
      reported: {
        value: 35,
        unit: "times faster, median (at most 98)",
        setting: "C++ on a CPU against SciPy, over the tested inputs",
      },
      scale: "desk",
      quantity:
        "ratio of SciPy's to our nanoseconds per evaluation, median over three argument ranges and both functions",
      holdsIf: atLeast(5),
    },
    {
      id: "vmf-kappa-recovered",
      statement:
        "For synthetic von Mises-Fisher samples in 2048, 8192 and 32768 dimensions, the fitted concentration, corrected for the bias of the mean resultant length, lies within 4 standard errors of the one that was drawn from.",
      reported: null,
      scale: "desk",
      quantity:
        "largest |fitted - true concentration| over three dimensions and three mean resultant lengths, in standard errors 1 / sqrt(n A'(kappa))",
      holdsIf: atMost(4),
    },
    {
      id: "vmf-kappa-is-the-root",
      statement:
        "The fitted concentration agrees with the 30-digit root of the likelihood equation I_{p/2}(kappa) / I_{p/2-1}(kappa) = Rbar to a relative 1e-10 in 2048, 8192 and 32768 dimensions.",
      reported: null,
      scale: "desk",
      quantity: "largest relative difference between fitted concentration and the 30-digit root",
      holdsIf: atMost(1e-10),
    },
    {
      id: "vmf-scipy-path-fails",
      statement:
        "In 8192 and in 32768 dimensions, at a mean resultant length of 0.3, the same likelihood written with the logarithm of SciPy's scaled Bessel function is non-finite at the concentration that we fit.",
      reported: {
        value: "SciPy and mpmath fail to fit",
        setting: "ResNet50 features of CIFAR-10 training images",
      },
      scale: "desk",
      quantity: "count of the two dimensions in which SciPy's log-likelihood is non-finite",
      holdsIf: atLeast(2),
    },
    {
      id: "vmf-real-features-fit",
      statement:
        "A von Mises-Fisher distribution fits convolutional features of real images in 2048, 8192 and 32768 dimensions, with finite concentration, finite log-likelihood and a likelihood equation solved to 1e-8.",
      reported: {
        value: "all 3 dimensions succeed",
        setting: "CIFAR-10 training images, features of a ResNet50 before its classifier",
      },
      scale: "desk",
      quantity: "count of the three dimensions in which the fit succeeds",
      holdsIf: atLeast(3, 1000),
    },
    {
      id: "gpu-agrees-with-cpu",
      statement:
        "The WGSL kernels of log I and log K agree with the double-precision CPU path to a mixed error of 1e-5 on every region of the switching table.",
      reported: null,
      scale: "desk",
      quantity: "largest mixed difference between the WGSL and the CPU result",
      holdsIf: atMost(1e-5),
    },
    {
      id: "faster-than-scipy-on-gpu",
      statement:
        "On a GPU, the median over the tested argument ranges of SciPy's time per value on the host divided by the GPU's is at least 77.",
      reported: {
        value: 77,
        unit: "times faster, median (at most 300)",
        setting: "CUDA on a GPU against SciPy, over the tested inputs",
      },
      scale: "paper",
      quantity: "ratio of SciPy's to the GPU's nanoseconds per evaluation, median over the ranges",
      holdsIf: atLeast(77),
    },
  ],
});
