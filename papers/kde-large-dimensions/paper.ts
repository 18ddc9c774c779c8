import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "kde-large-dimensions",
  title: "Kernel Density Estimators in Large Dimensions",
  arxiv: "2408.05807",
  submitted: "2024-08-11",
  authors: ["Giulio Biroli", "Marc Mézard"],
  authorCount: 2,
  topics: ["kernel-methods", "statistics"],
  summary:
    "In thirty dimensions a kernel density estimate at a point is often decided by one or two neighbours, and averages then mislead. With $n = e^{\\alpha d}$ points, the estimate is a partition function of independent energies, and the random-energy model of physics gives its phases. Above $h_{CLT}$ it fluctuates normally; below, its law has heavy tails; below $h_G$ it is frozen onto the nearest points. The bandwidth that best fits Gaussian data in Kullback-Leibler divergence lies in the frozen phase, where no error bar can be trusted. Finite sizes mislead: with ten thousand points the best bandwidth appears to lie above $h_G$. We reach dimension 480 by drawing only the near end of the distances, exactly in law, and find the effect again on handwritten digits.",
  links: [{ label: "arXiv", url: "https://arxiv.org/abs/2408.05807" }],
  library: "density",
  claims: [
    {
      id: "mean-exact",
      statement:
        "For isotropic Gaussian data in 20 dimensions, the mean estimate over data sets at a large bandwidth agrees with its closed form to within 4 standard errors.",
      reported: null,
      scale: "desk",
      quantity: "absolute z-score of the mean over data sets",
      holdsIf: atMost(4, 200),
    },
    {
      id: "tail-index-predicted",
      statement:
        "The tail index of the estimate over data sets of 20,000 points in 20 dimensions is the squared ratio of the bandwidth to the freezing bandwidth, to within 0.12 wherever that is below 0.7.",
      reported: {
        value: "alpha-stable law below the first threshold",
        setting: "n and d to infinity at fixed log(n) / d",
      },
      scale: "desk",
      quantity: "largest absolute difference of Hill's index and the prediction",
      holdsIf: atMost(0.12, 200),
    },
    {
      id: "not-normal-below",
      statement:
        "At 0.8 times the freezing bandwidth the law of the estimate is at Kolmogorov distance above 0.3 from the normal law.",
      reported: {
        value: "central limit theorem breaks down",
        setting:
          "below the first threshold, 1.41 times the freezing bandwidth for Gaussian kernels",
      },
      scale: "desk",
      quantity: "Kolmogorov distance of the standardised estimate to the normal law",
      holdsIf: atLeast(0.3, 200),
    },
    {
      id: "normal-above",
      statement:
        "At 2.5 times the freezing bandwidth the law of the estimate is at Kolmogorov distance below 0.05 from the normal law.",
      reported: {
        value: "classical regime",
        setting: "above the first threshold",
      },
      scale: "desk",
      quantity: "Kolmogorov distance of the standardised estimate to the normal law",
      holdsIf: atMost(0.05, 500),
    },
    {
      id: "few-points-dominate",
      statement:
        "At half the freezing bandwidth in 240 dimensions the mean sum of squared weights lies within 0.03 of the predicted 0.75, so that between one and two points decide the estimate.",
      reported: {
        value: "a few points dominate",
        setting: "below the freezing bandwidth",
      },
      scale: "simulated",
      quantity: "mean participation ratio, the sum of squared weights",
      holdsIf: between(0.72, 0.78),
    },
    {
      id: "participation-falls-to-limit",
      statement:
        "At 0.5 and 0.9 times the freezing bandwidth the mean sum of squared weights falls from 26 to 480 dimensions, and stays above its predicted limit, one minus the squared ratio.",
      reported: null,
      scale: "simulated",
      quantity: "steps in dimension, the last to the limit, at which it does not fall",
      holdsIf: atMost(0, 10),
    },
    {
      id: "simulation-is-exact",
      statement:
        "The simulated mean log density and mean sum of squared weights agree with their quadrature over the Poisson process to within 4 standard errors, in all dimensions from 26 to 480.",
      reported: null,
      scale: "simulated",
      quantity: "largest absolute z-score of a mean",
      holdsIf: atMost(4, 500),
    },
    {
      id: "best-bandwidth-frozen",
      statement:
        "In 480 dimensions with log(n) = d / 2, the bandwidth of highest mean log-likelihood lies below the freezing bandwidth.",
      reported: {
        value: "optimum in the new regime",
        setting: "Kullback-Leibler divergence for Gaussian data, infinite size",
      },
      scale: "simulated",
      quantity: "ratio of the best bandwidth to the freezing bandwidth",
      holdsIf: atMost(0.99),
    },
    {
      id: "digits-best-bandwidth-frozen",
      statement:
        "For handwritten digits reduced to 20 principal components, the bandwidth of best leave-one-out likelihood lies between 0.3 and 0.99 times the freezing bandwidth computed from their covariance.",
      reported: null,
      scale: "desk",
      quantity: "ratio of the best bandwidth to the freezing bandwidth",
      holdsIf: between(0.3, 0.99, 500),
    },
    {
      id: "digits-few-points-dominate",
      statement:
        "At that best bandwidth for digits the mean sum of squared weights exceeds 0.4, hence fewer than three digits count.",
      reported: null,
      scale: "desk",
      quantity: "mean participation ratio over queries at the best bandwidth",
      holdsIf: atLeast(0.4, 500),
    },
  ],
});
