import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "private-similarities",
  title: "Efficiently Computing Similarities to Private Datasets",
  arxiv: "2403.08917",
  submitted: "2024-03-13",
  authors: ["Arturs Backurs", "Zinan Lin", "Sepideh Mahabadi", "Sandeep Silwal", "Jakub Tarnawski"],
  authorCount: 5,
  topics: ["privacy", "kernel-methods"],
  summary:
    "Publish one small object, once, and let strangers ask for ever how near any point lies to your secret records, under pure $\\varepsilon$-differential privacy. For $\\ell_1$ distance each coordinate gets a binary tree of noisy counts; a query adds geometric shells around itself, off by a factor $1+\\alpha$ and an additive $\\varepsilon^{-1}\\alpha^{-1/2} d^{3/2} R \\log^{3/2} n$. Kernels are first projected to a dimension that does not depend on $d$, or written as a few exponentials, then estimated from noisy random features. Classifying by the average similarity to each class is said to need orders of magnitude less time than private gradient descent. A reviewer found the $\\ell_1$ error large at $\\varepsilon = 1$. We check the error bound on 231,083 flights, the three noise exponents, digits instead of CIFAR-10 features, and try to break the promise with an audit.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2403.08917" },
    { label: "Reviews (ICLR 2024)", url: "https://openreview.net/forum?id=HMe5CJv9dQ" },
    { label: "Earlier work's code (lsq)", url: "https://github.com/talwagner/lsq" },
  ],
  library: "privacy",
  claims: [
    {
      id: "l1-error-bound-holds",
      statement:
        "For 60 random queries against the flights data, every private sum of l1 distances obeys the two-sided bound with factor 1 + alpha and the stated additive term.",
      reported: {
        value: "(1 + alpha, alpha^-0.5 d^1.5 R log^1.5 n / epsilon)",
        unit: "multiplicative and additive error",
        setting: "theorem, l1 distance in d dimensions",
      },
      scale: "desk",
      quantity: "fraction of queries inside the bound",
      holdsIf: atLeast(1, 60),
    },
    {
      id: "l1-error-on-flights",
      statement:
        "With epsilon = 1 and alpha = 0.1, the mean relative error of the private l1 sums over 231,083 flights in three dimensions is at most 10 %.",
      reported: {
        value: "large at epsilon = 1",
        setting: "a reviewer's complaint, ICLR 2024",
      },
      scale: "desk",
      quantity: "mean |private sum - exact sum| / exact sum, in %",
      holdsIf: atMost(10, 60),
    },
    {
      id: "noise-against-epsilon",
      statement:
        "The standard deviation of the noise in a private l1 sum falls like epsilon to the power -1, to within 0.03.",
      reported: { value: -1, unit: "exponent", setting: "additive term of the theorem" },
      scale: "desk",
      quantity: "log-log slope of the error's standard deviation against epsilon",
      holdsIf: between(-1.03, -0.97),
    },
    {
      id: "noise-against-dimension",
      statement:
        "On uniform data in 1 to 32 dimensions, the standard deviation of the noise in a private l1 sum grows like the dimension to the power 1.5, to within 0.1.",
      reported: { value: 1.5, unit: "exponent", setting: "additive term of the theorem" },
      scale: "desk",
      quantity: "log-log slope of the error's standard deviation against the dimension",
      holdsIf: between(1.4, 1.6),
    },
    {
      id: "noise-against-alpha",
      statement:
        "The standard deviation of the noise in a private l1 sum grows like 1 / alpha to the power 0.5, to within 0.1.",
      reported: { value: 0.5, unit: "exponent", setting: "additive term of the theorem" },
      scale: "desk",
      quantity: "log-log slope of the error's standard deviation against 1 / alpha",
      holdsIf: between(0.4, 0.6),
    },
    {
      id: "private-digit-classifier",
      statement:
        "With epsilon = 4 and 200 random features, labelling 2,000 test digits by the larger average similarity to the 8,000 private ones is right for at least 71 %.",
      reported: {
        value: "comparable to DP-SGD",
        setting: "CIFAR-10 features, classification by average similarity",
      },
      scale: "desk",
      quantity: "test accuracy in %, mean over seeds",
      holdsIf: atLeast(71, 2000),
    },
    {
      id: "faster-than-private-gradient-descent",
      statement:
        "At the same epsilon and accuracy on digits, private logistic regression by noisy gradient descent takes at least 50 times as long as fitting the similarity classifier.",
      reported: {
        value: "orders of magnitude",
        unit: "faster",
        setting: "CIFAR-10 features against DP-SGD based methods",
      },
      scale: "desk",
      quantity: "time of DP-SGD to the same accuracy divided by ours",
      holdsIf: atLeast(50),
    },
    {
      id: "audit-within-epsilon",
      statement:
        "No statistical audit on pairs of neighbouring data sets finds a privacy loss above the declared epsilon.",
      reported: {
        value: "pure epsilon-differential privacy",
        setting: "theorem, for every structure of the paper",
      },
      scale: "desk",
      quantity: "largest audited lower bound on epsilon divided by the declared epsilon",
      holdsIf: atMost(1),
    },
  ],
});
