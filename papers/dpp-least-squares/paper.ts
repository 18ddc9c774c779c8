import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "dpp-least-squares",
  title:
    "Weighted least-squares approximation with determinantal point processes and generalized volume sampling",
  arxiv: "2312.14057",
  submitted: "2023-12-21",
  authors: ["Anthony Nouy", "Bertrand Michel"],
  authorCount: 2,
  topics: ["sampling", "statistics"],
  summary:
    "Fitting $m$ coefficients to an expensive simulator, you choose where to run it. Independent points, even from the best density, need about $m \\log m$ runs and now and then give a useless fit. Points of a determinantal process repel one another, since their joint density is a squared determinant of the features, and the weighted least-squares fit from them is unbiased. The paper generalises volume sampling to any proposal density, bounds the expected error by a constant times the best possible one, bounds it surely by a stronger norm, and proposes to repeat small determinantal draws. With 10 Legendre polynomials and 20 points, repeated draws give about 1.8 times the best squared error on average, volume sampling 3, independent points over 1000 (their typical fit: 5). On a real table the gain is smaller. The constants of the paper's bounds are not tested; the exact identities behind them are.",
  links: [{ label: "arXiv", url: "https://arxiv.org/abs/2312.14057" }],
  library: "sampling",
  claims: [
    {
      id: "volume-sampling-unbiased",
      statement:
        "Averaged over 5000 volume samples of 10 points and as many of 20, every one of ten fitted coefficients agrees with the best approximation's to within 4 standard errors.",
      reported: null,
      scale: "desk",
      quantity: "largest absolute z-score over coefficients and sizes",
      holdsIf: atMost(4, 5000),
    },
    {
      id: "counts-determinantal",
      statement:
        "The number of points of one draw beyond each of five thresholds has the mean and the variance of the determinantal process, which repulsion makes smaller than independence would, to within 4 standard errors.",
      reported: null,
      scale: "desk",
      quantity: "largest absolute z-score over means and variances",
      holdsIf: atMost(4, 5000),
    },
    {
      id: "error-at-minimal-size",
      statement:
        "With as many determinantal points as coefficients, ten, the mean squared error over the best one is 11 in theory and between 7 and 17 in 1000 runs or more.",
      reported: null,
      scale: "desk",
      quantity: "mean of squared error divided by best squared error, m = n = 10",
      holdsIf: between(7, 17, 1000),
    },
    {
      id: "repeated-draws-near-optimal",
      statement:
        "Two independent determinantal draws of ten points keep the mean squared error below 2.2 times the best one for ten Legendre polynomials and f(x) = 1 / (1 + 5 x^2).",
      reported: {
        value: "similar bounds with far fewer points",
        setting: "independent repetitions of a projection process",
      },
      scale: "desk",
      quantity: "mean of squared error divided by best squared error, m = 10, n = 20",
      holdsIf: atMost(2.2, 200),
    },
    {
      id: "repeated-draws-on-the-line",
      statement:
        "The same holds on the whole line, for ten Hermite polynomials and f(x) = exp(-(x - 1)^2 / 4) under the normal law, with a mean below 2.5 times the best.",
      reported: null,
      scale: "desk",
      quantity: "mean of squared error divided by best squared error, m = 10, n = 20",
      holdsIf: atMost(2.5, 200),
    },
    {
      id: "repeated-draws-in-more-dimensions",
      statement:
        "In two to six dimensions, with 15 to 28 products of Legendre polynomials and f(x) = 1 / (1 + a . x), two draws keep the mean squared error below 2.2 times the best in each.",
      reported: null,
      scale: "desk",
      quantity:
        "largest over d of the mean of squared error divided by best squared error, n = 2 m",
      holdsIf: atMost(2.2, 200),
    },
    {
      id: "independent-points-worse",
      statement:
        "At the same 20 points, independent draws from the optimal density have at least ten times the mean squared error of repeated determinantal draws.",
      reported: {
        value: "more points needed",
        setting: "independent and identically distributed points",
      },
      scale: "desk",
      quantity: "ratio of mean squared errors, independent to repeated determinantal",
      holdsIf: atLeast(10, 200),
    },
    {
      id: "repeated-draws-stable",
      statement:
        "With 40 points from four determinantal draws and ten coefficients, the smallest eigenvalue of the Gram matrix falls below one half in at most half of the runs.",
      reported: null,
      scale: "desk",
      quantity: "fraction of runs with smallest eigenvalue below 1/2",
      holdsIf: atMost(0.5, 200),
    },
    {
      id: "independent-points-unstable",
      statement:
        "With 40 independent points from the optimal density and ten coefficients, the smallest eigenvalue of the Gram matrix falls below one half in at least 80 % of the runs.",
      reported: null,
      scale: "desk",
      quantity: "fraction of runs with smallest eigenvalue below 1/2",
      holdsIf: atLeast(0.8, 200),
    },
    {
      id: "repeated-draws-need-half",
      statement:
        "For a Gram matrix with all eigenvalues above one half in nine runs of ten, repeated determinantal draws need at most half the points that independent optimal ones need.",
      reported: {
        value: "a much lower number of samples",
        setting: "independent repetitions, in the authors' experiments",
      },
      scale: "desk",
      quantity: "smallest ratio of points needed, independent to repeated, over the sizes m",
      holdsIf: atLeast(2, 100),
    },
    {
      id: "mean-inverse-gram",
      statement:
        "Under volume sampling of 40 points the mean of the inverse Gram matrix is n / (n - m + 1) times the identity, to 3 %.",
      reported: null,
      scale: "desk",
      quantity: "largest deviation of the mean inverse Gram matrix, relative to its diagonal",
      holdsIf: atMost(0.03, 5000),
    },
    {
      id: "sure-bound-never-broken",
      statement:
        "In no run does the error exceed the almost-sure bound, one plus the root of the mean weight over the smallest eigenvalue, times the best error in the maximum norm.",
      reported: {
        value: "almost surely bounded",
        setting: "functions in a normed space embedded in L2, such as bounded functions",
      },
      scale: "desk",
      quantity: "count of runs whose error exceeds the bound",
      holdsIf: atMost(0, 200),
    },
    {
      id: "kernel-bound-never-broken",
      statement:
        "Nor does it for functions of a reproducing kernel Hilbert space, fitted in the span of eight kernel sections, with the bound in the space's own norm.",
      reported: {
        value: "almost surely bounded",
        setting: "reproducing kernel Hilbert spaces",
      },
      scale: "desk",
      quantity: "count of runs whose error exceeds the bound",
      holdsIf: atMost(0, 200),
    },
    {
      id: "thinning-keeps-few",
      statement:
        "Of 40 points from four draws, kept only if all eigenvalues are above one half, greedy removal under that condition leaves at most 15 for ten coefficients.",
      reported: null,
      scale: "desk",
      quantity: "mean number of points left over the number of coefficients",
      holdsIf: atMost(1.5, 100),
    },
    {
      id: "real-table-rows",
      statement:
        "To fit 45 quadratic features to the 1030 mixtures of a concrete table from 90 measured rows, uniformly drawn rows have at least twice the mean squared error of two determinantal draws.",
      reported: null,
      scale: "desk",
      quantity: "ratio of mean squared errors, uniform rows to repeated determinantal",
      holdsIf: atLeast(2, 200),
    },
    {
      id: "large-draw-cheap",
      statement:
        "One exact draw by the chain rule, 210 points in the square for as many polynomials, takes at most 150 ms.",
      reported: null,
      scale: "desk",
      quantity: "median time of a draw",
      holdsIf: atMost(0.15, 5),
    },
  ],
});
