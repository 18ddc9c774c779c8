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
    "Points that fill the cube evenly beat random ones for integration, and if the points are randomised one also learns the error. This paper describes a Python library with all the parts under one interface: Halton points, digital nets and lattices; shifts, matrix scrambles and Owen's tree scramble, also interlaced for higher order; maps to Gaussians or Brownian paths; rules that stop when a tolerance is met. Its second half pairs points with kernels so well that the Gram matrix is diagonal after an FFT or a Walsh-Hadamard transform: products and solves cost $O(n\\log n)$. New is a digitally shift-invariant kernel of smoothness 4. We found a stopping rule of version 1.5 that returns the absolute value of a negative integral, so trust but verify: we measure convergence slopes, the transforms' exactness and speed, and how often a tolerance is kept.",
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
      id: "dsi-kernel-is-its-walsh-series",
      statement:
        "The closed forms of the digitally shift-invariant kernels of order 2, 3 and 4 agree with their Walsh series to 1e-6 at random dyadic points.",
      reported: {
        value: "closed form of order 4",
        setting: "new digitally shift-invariant kernel",
      },
      scale: "paper",
      quantity: "largest |closed form - Walsh series| over points and orders",
      holdsIf: atMost(1e-6, 100),
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
  ],
});
