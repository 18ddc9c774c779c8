import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "qmcpy",
  title:
    "QMCPy: A Python Software for Randomized Low-Discrepancy Sequences, Quasi-Monte Carlo, and Fast Kernel Methods",
  arxiv: "2502.14256",
  submitted: "2025-02-19",
  authors: ["Aleksei G. Sorokin"],
  authorCount: 1,
  topics: ["quasi-monte-carlo", "kernel-methods", "gaussian-processes", "statistics"],
  summary:
    "Points that fill the cube evenly beat random ones for integration, and if the points are randomised one also learns the error. This paper describes a Python library with all the parts under one interface: Halton points, digital nets and lattices; shifts, matrix scrambles and Owen's tree scramble, also interlaced for higher order; maps to Gaussians or Brownian paths; rules that stop when a tolerance is met. Its second half pairs points with kernels so well that the Gram matrix is diagonal after an FFT or a Walsh-Hadamard transform: products and solves cost $O(n\\log n)$. New is a digitally shift-invariant kernel of smoothness 4. We found that its Bayesian rules (up to version 2.4) return the absolute value of a negative integral, so trust but verify: we measure convergence slopes, the transforms' exactness and speed, and how often a tolerance is kept.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2502.14256" },
    { label: "Code", url: "https://github.com/QMCSoftware/QMCSoftware" },
    { label: "Documentation", url: "https://qmcsoftware.github.io/QMCSoftware/" },
  ],
  library: "qmc",
  claims: [
    {
      id: "sobol-points-identical",
      statement:
        "In all 21,201 dimensions, our unrandomised Sobol' points in natural order equal the reference points bit for bit at every sampled index.",
      reported: {
        value: 21_201,
        unit: "dimensions",
        setting: "default Joe-Kuo generating matrices with 32 columns",
      },
      scale: "paper",
      quantity: "number of coordinates that differ from the reference",
      holdsIf: atMost(0, 21_201),
    },
    {
      id: "digital-shift-slope",
      statement:
        "For a smooth integrand in one dimension and 2^3 to 2^12 Sobol' points with a digital shift only, the root-mean-square error falls like n to a power between -1.1 and -0.9.",
      reported: { value: -1, unit: "exponent", setting: "theory, shift only" },
      scale: "desk",
      quantity: "fitted log2 slope of the RMSE against n over 100 randomisations",
      holdsIf: between(-1.1, -0.9, 100),
    },
    {
      id: "matrix-scramble-slope",
      statement:
        "Adding a linear matrix scramble makes the same error fall at least as fast as n to the power -1.45.",
      reported: {
        value: -1.5,
        unit: "exponent",
        setting: "theory, linear matrix or nested uniform scrambling",
      },
      scale: "desk",
      quantity: "fitted log2 slope of the RMSE against n over 100 randomisations",
      holdsIf: atMost(-1.45, 100),
    },
    {
      id: "second-order-slope",
      statement:
        "Interlacing two scrambled components makes the same error fall at least as fast as n to the power -2.2.",
      reported: {
        value: -2.5,
        unit: "exponent",
        setting: "theory, order 2 with matrix scrambling",
      },
      scale: "desk",
      quantity: "fitted log2 slope of the RMSE against n over 100 randomisations",
      holdsIf: atMost(-2.2, 100),
    },
    {
      id: "third-order-slope",
      statement:
        "Interlacing three scrambled components makes the same error fall at least as fast as n to the power -3.",
      reported: {
        value: -3.5,
        unit: "exponent",
        setting: "theory, order 3 with matrix scrambling",
      },
      scale: "desk",
      quantity: "fitted log2 slope of the RMSE against n over 100 randomisations",
      holdsIf: atMost(-3, 100),
    },
    {
      id: "baker-lattice-slope",
      statement:
        "On a shifted lattice the Baker transform brings the exponent of the same error to between -2.15 and -1.85.",
      reported: {
        value: -2,
        unit: "exponent",
        setting: "theory, shifted lattice, Baker transform",
      },
      scale: "desk",
      quantity: "fitted log2 slope of the RMSE against n over 100 randomisations",
      holdsIf: between(-2.15, -1.85, 100),
    },
    {
      id: "nested-scramble-keeps-net",
      statement:
        "After nested uniform scrambling, each of the 11 shapes of elementary intervals still holds one of 1,024 two-dimensional Sobol' points an interval.",
      reported: { value: "a net stays a net", setting: "Owen's scramble" },
      scale: "paper",
      quantity: "intervals that do not hold exactly one point, over 20 scrambles",
      holdsIf: atMost(0, 20 * 11 * 1024),
    },
    {
      id: "scrambling-beats-shift",
      statement:
        "On Genz's oscillatory function in three dimensions, matrix and nested scrambles of 4,096 points have at most half the root-mean-square error of a digital shift alone.",
      reported: { value: "-1.5 against -1", unit: "exponents", setting: "theory" },
      scale: "desk",
      quantity: "RMSE of the digital shift divided by the larger RMSE of the two scrambles",
      holdsIf: atLeast(2, 100),
    },
    {
      id: "dsi-kernel-is-its-walsh-series",
      statement:
        "The closed forms of the digitally shift-invariant kernels of order 2, 3 and 4 agree with their Walsh series to 1e-12 at random points.",
      reported: {
        value: "closed form of order 4",
        setting: "new digitally shift-invariant kernel",
      },
      scale: "paper",
      quantity: "largest |closed form - Walsh series| over points and orders",
      holdsIf: atMost(1e-12, 100),
    },
    {
      id: "fast-gram-exact",
      statement:
        "For 256 lattice or net points, the fast product of the Gram matrix with a vector differs from the dense product by at most a relative 1e-12.",
      reported: { value: "exact", setting: "matching points and kernels" },
      scale: "desk",
      quantity: "largest |fast - dense| divided by the largest |dense|",
      holdsIf: atMost(1e-12),
    },
    {
      id: "fast-gram-faster",
      statement:
        "For 4,096 points, the fast product takes at most a fiftieth of the time of the dense product.",
      reported: { value: "O(n log n)", setting: "products and solves with the Gram matrix" },
      scale: "desk",
      quantity: "time of the dense product divided by that of the fast one",
      holdsIf: atLeast(50),
    },
    {
      id: "tolerance-kept",
      statement:
        "For Keister's integrand in three dimensions and a tolerance of 1e-3, the answer of each stopping rule lies within the tolerance for at least 49 of 50 seeds.",
      reported: {
        value: "within tolerance",
        setting: "guaranteed, Bayesian and replication-based rules",
      },
      scale: "desk",
      quantity:
        "fraction of seeds whose answer lies within the tolerance, the smallest over the rules",
      holdsIf: atLeast(0.98, 50),
    },
    {
      id: "ishigami-indices",
      statement:
        "From one set of replicated points, the closed and total sensitivity indices of all six subsets of Ishigami's inputs come out within the tolerance of 1e-3.",
      reported: { value: 1e-3, setting: "ratios of integrals with error bounds" },
      scale: "desk",
      quantity: "largest error of the twelve indices",
      holdsIf: atMost(1e-3),
    },
    {
      id: "gpu-bits-identical",
      statement:
        "Scrambled Sobol' points and a Walsh-Hadamard transform computed in WGSL equal those of the CPU in every bit.",
      reported: { value: "OpenCL beside C", setting: "the package's engine" },
      scale: "paper",
      quantity: "numbers that differ",
      holdsIf: atMost(0, 40_000),
    },
    {
      id: "fast-process-on-65536-points",
      statement:
        "A Gaussian process with fitted hyper-parameters on 65,536 noisy values at lattice or net points predicts a smooth function of three variables to 2 % of its standard deviation.",
      reported: { value: "O(n log n)", setting: "fast kernel methods" },
      scale: "desk",
      quantity: "RMSE at new points in standard deviations of the function, the larger of the two",
      holdsIf: atMost(0.02, 65_536),
    },
    {
      id: "multilevel-saves",
      statement:
        "For an Asian option at a tolerance of half a cent, multilevel quasi-Monte Carlo takes at most half the work of multilevel Monte Carlo.",
      reported: { value: "less cost", setting: "multilevel stopping rules" },
      scale: "desk",
      quantity: "path steps of multilevel Monte Carlo divided by those of the quasi one",
      holdsIf: atLeast(2, 5),
    },
  ],
});
