import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "crossquant",
  title:
    "CrossQuant: A Post-Training Quantization Method with Smaller Quantization Kernel for Precise Large Language Model Compression",
  arxiv: "2410.07505",
  submitted: "2024-10-10",
  authors: ["Wenyuan Liu", "Xindian Ma", "Peng Zhang", "Yan Wang"],
  authorCount: 4,
  topics: ["language-models", "efficient-inference"],
  summary:
    "Rounding a transformer's activations to 8 or 4 bits with one scale per token hurts when a few channels are huge. The usual story blames those outliers; this paper blames their victims, the ordinary values that fall below half a step and become zero. Its remedy divides entry $(i,j)$ by a geometric mean of the row maximum and the column maximum, $t_i^{\\alpha} c_j^{1-\\alpha}$ with a small $\\alpha$, so nothing clips and far fewer values vanish: about 16 % in OPT, under 0.1 % in LLaMA, at 8 bits. We zero exactly those victims in a small real model and measure how much of the loss they explain: nearly all at 4 bits, much less at 8. Beware that plain per-column scales do as well at our scale, and that the column factor must be folded into the weights before integer arithmetic works.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2410.07505" },
    { label: "Reviews", url: "https://openreview.net/forum?id=igiQUYs53F" },
  ],
  library: "low-precision",
  claims: [
    {
      id: "zeroed-values-explain-loss",
      statement:
        "At 4 bits with one scale per token, zeroing only the values that round to zero and keeping all others in full precision reproduces at least 80 % of the loss in a model with outlier channels.",
      reported: {
        value: "the zeroed values decide the accuracy",
        setting: "OPT and LLaMA, 6.7 to 70 billion parameters",
      },
      scale: "desk",
      quantity: "fraction of the gap in negative log-likelihood explained by zeroing alone",
      holdsIf: atLeast(0.8),
    },
    {
      id: "rounding-of-the-rest-is-mild",
      statement:
        "At 4 bits with one scale per token, quantising everything except the values that would become zero causes at most 30 % of the loss.",
      reported: null,
      scale: "desk",
      quantity: "fraction of the gap in negative log-likelihood caused by the other values",
      holdsIf: atMost(0.3),
    },
    {
      id: "fewer-values-vanish",
      statement:
        "With outlier channels and 8 bits, scales per token send at least 1.8 times as many activations to zero as cross scales with exponent 0.15.",
      reported: {
        value: "about 16 % in OPT and under 0.1 % in LLaMA",
        unit: "of activations become zero",
        setting: "CrossQuant at 8 bits",
      },
      scale: "desk",
      quantity: "ratio of the share of zeroed activations, per token to cross",
      holdsIf: atLeast(1.8),
    },
    {
      id: "eight-bit-loss-removed",
      statement:
        "With outlier channels and 8 bits, cross scales leave at most a tenth of the loss that scales per token cause.",
      reported: {
        value: "improves or maintains perplexity",
        setting: "OPT and LLaMA, 6.7 to 70 billion parameters",
      },
      scale: "desk",
      quantity: "ratio of the gaps in negative log-likelihood, cross to per token",
      holdsIf: atMost(0.1),
    },
    {
      id: "four-bit-survives",
      statement:
        "With outlier channels and 4-bit activations, cross scales keep the perplexity below twice that of full precision, where scales per token raise it more than a hundredfold.",
      reported: null,
      scale: "desk",
      quantity: "ratio of perplexities, cross scales at 4 bits to full precision",
      holdsIf: atMost(2),
    },
    {
      id: "zero-share-predicts-loss",
      statement:
        "Over outlier strengths from 1 to 100 and three kinds of scale, the share of zeroed activations ranks the settings like their loss, with a Spearman correlation of at least 0.9.",
      reported: {
        value: "accuracy rises as the zeroed share falls",
        setting: "OPT and LLaMA at 8 bits",
      },
      scale: "desk",
      quantity: "Spearman correlation of zeroed share and gap in negative log-likelihood",
      holdsIf: atLeast(0.9),
    },
    {
      id: "cross-beats-per-column",
      statement:
        "With outlier channels and 4-bit activations, cross scales give a perplexity no higher than plain per-column scales.",
      reported: null,
      scale: "desk",
      quantity: "ratio of perplexities at 4 bits, cross to per column",
      holdsIf: atMost(1),
    },
    {
      id: "opt-zero-share-under-threshold",
      statement:
        "On OPT-6.7B at 8 bits, cross scales with exponent 0.15 keep the share of zeroed activations at or below 19 %, the paper's threshold for a negligible loss.",
      reported: {
        value: 16,
        unit: "% of activations become zero",
        setting: "OPT models at 8 bits",
      },
      scale: "paper",
      quantity: "share of zeroed activations in percent",
      holdsIf: atMost(19),
    },
  ],
});
