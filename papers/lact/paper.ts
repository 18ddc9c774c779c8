import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "lact",
  title: "Test-Time Training Done Right",
  arxiv: "2505.23884",
  submitted: "2025-05-29",
  authors: [
    "Tianyuan Zhang",
    "Sai Bi",
    "Yicong Hong",
    "Kai Zhang",
    "Fujun Luan",
    "Songlin Yang",
    "Kalyan Sunkavalli",
    "William T. Freeman",
    "Hao Tan",
  ],
  authorCount: 9,
  topics: ["attention", "language-models", "vision"],
  summary:
    "This layer's memory is a small neural network that is trained during the forward pass to map keys to values; queries are then run through it. Predecessors updated every 16 to 64 tokens, products too small for a GPU to be busy. Here one update covers 2,000 to a million tokens, so it is a handful of large matrix products: utilisation on an A100 rises from below 5 to as much as 70 %, the memory can grow to 40 % of the parameters, and the Muon optimiser fits inside. Inside a chunk the order of tokens is lost, hence the window attention beside it for text. With 48 views as context, prefill takes 1.4 s instead of 16.1 s with full attention. We measure utilisation against chunk size, test causality exactly, and train small versions on photographs and on Moby-Dick.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2505.23884" },
    { label: "Code", url: "https://github.com/a1600012888/LaCT" },
    { label: "Project page", url: "https://tianyuanzhang.com/projects/ttt-done-right" },
  ],
  library: "sequence",
  claims: [
    {
      id: "large-chunks-busy",
      statement:
        "With chunks of 2048 tokens and heads of 256 or more, the layer runs at 60 % or more of the machine's own rate for large matrix products.",
      reported: { value: 70, unit: "% utilisation, at most", setting: "A100, plain PyTorch" },
      scale: "desk",
      quantity: "smallest fraction of the measured matrix product rate over head sizes",
      holdsIf: atLeast(0.6),
    },
    {
      id: "small-chunks-starve",
      statement:
        "With chunks of 16 tokens and Muon, the layer runs at no more than 10 % of the machine's own rate for large matrix products.",
      reported: {
        value: 5,
        unit: "% utilisation, often less",
        setting: "earlier layers with chunks of 16 or 64 tokens",
      },
      scale: "desk",
      quantity: "fraction of the measured matrix product rate",
      holdsIf: atMost(0.1),
    },
    {
      id: "shifted-order-is-causal",
      statement:
        "With apply before update, changing the tokens of a chunk leaves the outputs of this layer for all earlier chunks and its own fast weights there unchanged, bit for bit.",
      reported: null,
      scale: "desk",
      quantity: "count of earlier outputs that change",
      holdsIf: atMost(0),
    },
    {
      id: "muon-beats-plain-step",
      statement:
        "Filling in photographs from 60 % of their patches, an inner Muon step gives at least 0.3 dB more than a plain gradient step at equal training.",
      reported: {
        value: "Muon best, then momentum, then plain steps",
        setting: "ablation",
      },
      scale: "desk",
      quantity: "mean difference in PSNR in dB over seeds",
      holdsIf: atLeast(0.3, 3),
    },
    {
      id: "nonlinear-beats-linear-state",
      statement:
        "On the same photographs a gated nonlinear state gives at least 0.3 dB more than a larger linear one.",
      reported: {
        value: "nonlinear better even when smaller",
        setting: "ablation of the fast network",
      },
      scale: "desk",
      quantity: "mean difference in PSNR in dB over seeds",
      holdsIf: atLeast(0.3, 3),
    },
    {
      id: "close-to-full-attention",
      statement:
        "On the same photographs the layer stays within 1 dB of full attention of equal width and depth.",
      reported: null,
      scale: "desk",
      quantity: "mean difference in PSNR in dB, full attention minus this layer",
      holdsIf: atMost(1, 3),
    },
    {
      id: "late-text-profits",
      statement:
        "On the last quarter of 2048 bytes of a novel, window attention with the layer has a loss at least 0.02 nats below window attention alone.",
      reported: {
        value: "lower loss at late positions",
        setting: "3-billion-parameter model, context of 32,000 tokens",
      },
      scale: "desk",
      quantity: "mean difference in nats per byte over seeds, window alone minus with the layer",
      holdsIf: atLeast(0.02, 3),
    },
    {
      id: "prefill-faster-than-attention",
      statement:
        "On a data-centre GPU, taking in 48 views of 512 pixels is at least 11 times as fast as with full attention of equal size.",
      reported: {
        value: 11.5,
        unit: "times faster (16.1 to 1.4 s)",
        setting: "view synthesis, 48 views of 512 by 512 pixels",
      },
      scale: "paper",
      quantity: "ratio of prefill times, full attention to this layer",
      holdsIf: atLeast(11),
    },
  ],
});
