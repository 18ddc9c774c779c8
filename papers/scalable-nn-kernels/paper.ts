import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "scalable-nn-kernels",
  title: "Scalable Neural Network Kernels",
  arxiv: "2310.13225",
  submitted: "2023-10-20",
  authors: [
    "Arijit Sehanobish",
    "Krzysztof Choromanski",
    "Yunfan Zhao",
    "Avinava Dubey",
    "Valerii Likhosherstov",
  ],
  authorCount: 5,
  topics: ["kernel-methods", "efficient-inference"],
  summary:
    "A dense layer $f(Wx+b)$ mixes weights and inputs before the nonlinearity. Here the two are kept apart: a fixed random map sends $x$ to $m$ numbers, another sends the weights of each neuron to $m$ numbers, and a dot product estimates the layer, because the Fourier transform of $f$ turns it into exponentials of $w\\cdot x$ that random features can split. Only the $m$ numbers per neuron are trained; stacked layers collapse, and a fully collapsed net is a ridge regression. As adapters in BERT and ViT this is said to need up to 5 times fewer parameters at like accuracy. But the variance grows exponentially with the norms, the ReLU variant is not an estimate of ReLU, and in our prototypes ordinary adapters of equal size won. We check variances, the closed form, and adapters against ordinary ones, of equal size too, and none.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2310.13225" },
    { label: "Code", url: "https://github.com/arijitthegame/neural-network-kernels" },
    { label: "Reviews (ICLR 2024)", url: "https://openreview.net/forum?id=4iPw1klFWa" },
  ],
  library: "kernels",
  claims: [
    {
      id: "error-falls-with-features",
      statement:
        "For cosine, sine and Gaussian activations, the root-mean-square error of the estimated neuron falls with 16 to 4096 features like a power with exponent between -0.55 and -0.45.",
      reported: {
        value: "unbiased estimate",
        setting: "universal random features, pointwise estimation",
      },
      scale: "desk",
      quantity: "log-log slope of the RMSE against the number of features",
      holdsIf: between(-0.55, -0.45),
    },
    {
      id: "variance-as-derived",
      statement:
        "The measured variance of the cosine estimate agrees with the closed formula to within 8 %.",
      reported: null,
      scale: "desk",
      quantity: "largest |measured - exact| / exact variance, in %",
      holdsIf: atMost(8),
    },
    {
      id: "orthogonal-projections-help",
      statement:
        "Orthogonal projections give an estimate whose root-mean-square error is at least 1 % smaller than with as many independent ones.",
      reported: null,
      scale: "desk",
      quantity: "RMSE with orthogonal projections divided by RMSE with independent ones",
      holdsIf: atMost(0.99),
    },
    {
      id: "bundling-is-exact",
      statement:
        "Collapsing the dense layer that follows a kernel layer into it changes no output by more than a relative 1e-12.",
      reported: null,
      scale: "desk",
      quantity: "largest relative difference between bundled and unbundled outputs",
      holdsIf: atMost(1e-12),
    },
    {
      id: "closed-form-competitive",
      statement:
        "On each of the UCI tables, a fully bundled net fitted in closed form has a test error at most 5 % above that of linear regression on the raw features.",
      reported: {
        value: "competitive",
        setting: "closed-form fit of the bundled net on UCI regression, as described in a review",
      },
      scale: "desk",
      quantity:
        "test RMSE of the bundled net divided by that of linear regression, on the worst table",
      holdsIf: atMost(1.05, 80),
    },
    {
      id: "adapter-with-a-fifth-of-parameters",
      statement:
        "On a digit task where training the head alone loses at least 3 points, a kernel adapter with a fifth of a dense adapter's parameters comes within 1 point of its accuracy.",
      reported: {
        value: 5,
        unit: "times fewer trainable parameters",
        setting: "adapters in BERT and ViT, competitive accuracy",
      },
      scale: "desk",
      quantity: "accuracy of the kernel adapter minus accuracy of the dense one, in points",
      holdsIf: atLeast(-1, 3),
    },
    {
      id: "layer-faster-than-dense",
      statement:
        "At 1,024 inputs, 1,024 outputs, 64 features and a batch of 256, the kernel layer is at least 5 times faster than the dense layer on the same back end.",
      reported: null,
      scale: "desk",
      quantity: "time of the dense layer divided by time of the kernel layer",
      holdsIf: atLeast(5),
    },
    {
      id: "bert-adapters-keep-accuracy",
      statement:
        "On GLUE, kernel adapters in BERT-base with a fifth of the parameters of ordinary adapters lose at most 1 point of mean score.",
      reported: {
        value: 5,
        unit: "times fewer trainable parameters",
        setting: "BERT-base on GLUE, competitive accuracy",
      },
      scale: "paper",
      quantity: "mean GLUE score with kernel adapters minus with ordinary ones, in points",
      holdsIf: atLeast(-1),
    },
  ],
});
