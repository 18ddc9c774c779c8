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
    "Fitting $m$ coefficients to an expensive simulator, you choose where to run it. Independent points, even from the best density, need about $m \\log m$ runs and now and then give a useless fit. Points of a determinantal process repel one another, since their joint density is a squared determinant of the features, and the weighted least-squares fit from them is unbiased. The paper generalises volume sampling to any proposal density, bounds the expected error by a constant times the best possible one, bounds it surely by a stronger norm, and proposes to repeat small determinantal draws. In our simulation with 10 Legendre polynomials and 20 points, repeated draws gave 1.7 times the best squared error, volume sampling 3.5, independent points over 1000. The bounds' constants are not tested; exact identities are.",
  links: [{ label: "arXiv", url: "https://arxiv.org/abs/2312.14057" }],
  library: "sampling",
  claims: [
    {
      id: "volume-sampling-unbiased",
      statement:
        "Averaged over 5000 volume samples, every fitted coefficient agrees with the best approximation's to within 4 standard errors.",
      reported: null,
      scale: "desk",
      quantity: "largest absolute z-score over coefficients",
      holdsIf: atMost(4, 5000),
    },
    {
      id: "error-at-minimal-size",
      statement:
        "With as many determinantal points as coefficients, ten, the mean squared error over the best one is 11 in theory and between 7 and 17 in 200 runs.",
      reported: null,
      scale: "desk",
      quantity: "mean of squared error divided by best squared error, m = n = 10",
      holdsIf: between(7, 17, 200),
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
      id: "mean-inverse-gram",
      statement:
        "Under volume sampling the mean of the inverse Gram matrix is n / (n - m + 1) times the identity, to 3 %.",
      reported: null,
      scale: "desk",
      quantity: "largest relative deviation of the mean inverse Gram matrix",
      holdsIf: atMost(0.03, 5000),
    },
    {
      id: "sure-bound-never-broken",
      statement:
        "In no run does the error exceed the almost-sure bound, a constant with the inverse root of the smallest eigenvalue times the best error in the stronger norm.",
      reported: {
        value: "almost surely bounded",
        setting: "functions in a normed space embedded in L2, such as bounded functions",
      },
      scale: "desk",
      quantity: "count of runs whose error exceeds the bound",
      holdsIf: atMost(0, 200),
    },
  ],
});
