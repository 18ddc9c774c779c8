import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "glm-130b",
  title: "GLM-130B: An Open Bilingual Pre-trained Model",
  arxiv: "2210.02414",
  submitted: "2022-10-05",
  authors: [
    "Aohan Zeng",
    "Xiao Liu",
    "Zhengxiao Du",
    "Zihan Wang",
    "Hanyu Lai",
    "Ming Ding",
    "Zhuoyi Yang",
    "Yifan Xu",
    "Wendi Zheng",
    "Xiao Xia",
    "Weng Lam Tam",
    "Zixuan Ma",
    "Yufei Xue",
    "Jidong Zhai",
    "Wenguang Chen",
    "Peng Zhang",
    "Yuxiao Dong",
    "Jie Tang",
  ],
  authorCount: 18,
  topics: ["language-models", "efficient-inference"],
  summary:
    "The training diary of a Chinese and English model with 130 billion parameters, useful for three parts that work without it. One objective serves infilling and generation: spans are blanked, and the text around them is read in both directions. Very deep post-normalised layers train thanks to scaled residuals, softmax in single precision and an embedding gradient shrunk to a tenth. And weights rounded row by row to 4 bits, with no calibration at all, cost little at this size: WikiText-2 perplexity goes from 10.90 to 11.17, and 260 GB become 70, enough for four consumer cards. Near-free rounding is said to come with scale, so we start at the other end: on a model of 260,000 parameters the same rounding raises perplexity by a fifth. We measure the trend.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2210.02414" },
    { label: "Code", url: "https://github.com/THUDM/GLM-130B" },
  ],
  library: "low-precision",
  claims: [
    {
      id: "eight-bits-cost-nothing",
      statement:
        "Rounding all weight matrices row by row to 8 bits changes the negative log-likelihood of a small pretrained model by at most 0.003 nats.",
      reported: {
        value: "10.901 to 10.904",
        unit: "perplexity",
        setting: "GLM-130B on WikiText-2",
      },
      scale: "desk",
      quantity: "absolute difference in negative log-likelihood, nats per token",
      holdsIf: atMost(0.003, 1000),
    },
    {
      id: "four-bits-nearly-free",
      statement:
        "Rounding all weight matrices row by row to 4 bits costs a small pretrained model no more than the 0.025 nats per token that it costs the large one.",
      reported: {
        value: "10.901 to 11.167",
        unit: "perplexity",
        setting: "GLM-130B on WikiText-2, that is 0.024 nats",
      },
      scale: "desk",
      quantity:
        "difference in negative log-likelihood, 4 bits minus full precision, nats per token",
      holdsIf: atMost(0.025, 1000),
    },
    {
      id: "four-bit-loss-shrinks-with-size",
      statement:
        "Among models of 0.1 to 1.6 million parameters trained on the same tokens, the loss due to 4-bit weights falls as the model grows.",
      reported: {
        value: "a scaling property that makes 4 bits possible",
        setting: "GLM models up to 130 billion parameters",
      },
      scale: "desk",
      quantity: "slope of the 4-bit loss in nats against the logarithm (base 10) of the size",
      holdsIf: atMost(-0.001, 3),
    },
    {
      id: "packed-size-exact",
      statement:
        "A packed 4-bit matrix takes exactly half a byte for each weight and two bytes for each row.",
      reported: { value: "about 70 instead of 260", unit: "GB", setting: "all of GLM-130B" },
      scale: "desk",
      quantity: "largest absolute difference in bytes over the matrices of a model",
      holdsIf: atMost(0),
    },
    {
      id: "both-directions-help-infilling",
      statement:
        "The same weights fill held-out blanks at least five percentage points more accurately when the context is read in both directions than when it is read left to right.",
      reported: null,
      scale: "desk",
      quantity: "difference in token accuracy in percentage points, both directions minus one",
      holdsIf: atLeast(5),
    },
    {
      id: "deepnorm-trains-where-post-norm-stalls",
      statement:
        "At the highest of three learning rates a 48-layer network with scaled residuals ends at least 0.1 nats lower than plain post-normalisation, which diverges or stays at the unigram entropy.",
      reported: {
        value: "stable training of 70 post-normalised layers",
        setting: "GLM-130B with DeepNorm",
      },
      scale: "desk",
      quantity:
        "final loss of post-normalisation, capped at the unigram entropy, minus that with scaled residuals, in nats",
      holdsIf: atLeast(0.1),
    },
    {
      id: "embedding-gradient-dominates-early",
      statement:
        "In most of the first tenth of the training steps, the embedding has the largest gradient norm of all tensors when its gradient is not shrunk.",
      reported: {
        value: "embedding gradients precede loss spikes",
        setting: "early training of GLM-130B",
      },
      scale: "desk",
      quantity: "fraction of early steps in which the embedding has the largest gradient norm",
      holdsIf: atLeast(0.5),
    },
    {
      id: "ahead-of-gpt3-on-lambada",
      statement:
        "The full model predicts the last word of LAMBADA passages at least four percentage points more often than GPT-3 175B.",
      reported: { value: 4, unit: "percentage points", setting: "LAMBADA, zero-shot" },
      scale: "paper",
      quantity: "difference in accuracy in percentage points",
      holdsIf: atLeast(4),
    },
  ],
});
