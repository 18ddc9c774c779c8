import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "neural-tangent-kernel",
  title: "Neural Tangent Kernel: Convergence and Generalization in Neural Networks",
  arxiv: "1806.07572",
  submitted: "2018-06-20",
  authors: ["Arthur Jacot", "Franck Gabriel", "Clément Hongler"],
  authorCount: 3,
  topics: ["neural-tangent-kernels", "kernel-methods"],
  summary:
    "Training a network moves its parameters over a rugged landscape. Look at the outputs instead: each moves along $\\Theta(x,x') = \\sum_p \\partial_p f(x)\\,\\partial_p f(x')$, and when all hidden layers grow wide, with weights scaled by $1/\\sqrt{n}$, this matrix becomes deterministic and stops changing. Gradient descent on squares is then a linear differential equation: errors along the $i$-th eigenvector fade at rate $\\lambda_i$, so broad features come first and stopping early filters the rest. On the sphere the limit is positive definite unless the nonlinearity is a polynomial. The proof sends widths to infinity one after another and says little about real ones; experiments use widths up to 10,000. We measure how spread and drift shrink from 64 to 4096 units, compare predicted with actual training, and run the kernel on MNIST.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/1806.07572" },
    {
      label: "Library by others (neural-tangents)",
      url: "https://github.com/google/neural-tangents",
    },
  ],
  library: "neural-kernels",
  claims: [
    {
      id: "kernel-at-init-converges",
      statement:
        "The relative Frobenius distance between one random net's tangent kernel and the limit falls with the width, from 64 to 4096, like a power with exponent between -0.62 and -0.38.",
      reported: {
        value: "deterministic limit",
        setting: "theorem, widths to infinity; spread shown to shrink with width in a figure",
      },
      scale: "desk",
      quantity: "log-log slope of the mean relative distance against width",
      holdsIf: between(-0.62, -0.38, 8),
    },
    {
      id: "wide-kernel-stays-put",
      statement:
        "While a four-layer ReLU net of width 4096 is trained to a fixed loss on points of the circle, its tangent kernel changes by less than 5 %.",
      reported: {
        value: "constant during training",
        setting: "theorem, widths to infinity; depth 4 on the unit circle in a figure",
      },
      scale: "desk",
      quantity: "||T_end - T_0|| / ||T_0|| at width 4096",
      holdsIf: atMost(0.05),
    },
    {
      id: "narrow-kernel-moves",
      statement:
        "In the same training, the tangent kernel of a net of width 64 changes by more than 20 %.",
      reported: null,
      scale: "desk",
      quantity: "||T_end - T_0|| / ||T_0|| at width 64",
      holdsIf: atLeast(0.2),
    },
    {
      id: "limit-positive-definite",
      statement:
        "For 64 random points on the unit sphere in 10 dimensions, the smallest eigenvalue of the limiting tangent kernel of a ReLU net with two hidden layers is at least 1e-8 of the mean diagonal.",
      reported: {
        value: "positive definite",
        setting: "theorem: inputs on the sphere, non-polynomial nonlinearity",
      },
      scale: "desk",
      quantity: "smallest eigenvalue divided by the mean diagonal entry",
      holdsIf: atLeast(1e-8),
    },
    {
      id: "training-curve-predicted",
      statement:
        "At width 4096 the training curve that the limiting kernel predicts departs from the mean curve of five nets by less than 5 % of the targets' scale, at every time and test point.",
      reported: {
        value: "linear differential equation",
        setting: "least squares, widths to infinity",
      },
      scale: "desk",
      quantity: "largest normalised |f_net - f_predicted| over times and test points",
      holdsIf: atMost(0.05, 5),
    },
    {
      id: "trained-outputs-gaussian",
      statement:
        "The outputs of 200 trained nets of width 1024 at a test point follow the normal law that the limit predicts, with a Kolmogorov-Smirnov p-value above 0.01.",
      reported: {
        value: "Gaussian",
        setting: "least-squares training, widths 50 and 1000 in a figure",
      },
      scale: "desk",
      quantity: "p-value of the Kolmogorov-Smirnov test against the predicted normal law",
      holdsIf: atLeast(0.01, 200),
    },
    {
      id: "leading-components-first",
      statement:
        "On 512 MNIST digits, the decay rates of the error along the ten leading kernel eigenvectors are proportional to their eigenvalues with slope 1 to within 0.05.",
      reported: {
        value: "fastest along the leading components",
        setting: "MNIST, kernel principal components",
      },
      scale: "desk",
      quantity: "slope of the fitted decay rate against eigenvalue times learning rate over n",
      holdsIf: between(0.95, 1.05, 10),
    },
    {
      id: "mnist-kernel-regression",
      statement:
        "Ridge regression with the limiting kernel of a depth-3 ReLU net, on the first 1,000 MNIST images, classifies 2,000 test images with an accuracy within 0.3 points of 88.75 %.",
      reported: null,
      scale: "desk",
      quantity: "test accuracy in %",
      holdsIf: between(88.45, 89.05, 2000),
    },
  ],
});
