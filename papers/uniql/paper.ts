import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "uniql",
  title: "UniQL: Unified Quantization and Low-rank Compression for Adaptive Edge LLMs",
  arxiv: "2512.03383",
  submitted: "2025-12-03",
  authors: [
    "Hung-Yueh Chiang",
    "Chi-Chih Chang",
    "Yu-Chen Lu",
    "Chien-Yu Lin",
    "Kai-Chiang Wu",
    "Mohamed S. Abdelfattah",
    "Diana Marculescu",
  ],
  authorCount: 7,
  topics: ["language-models", "efficient-inference"],
  summary:
    "How much of a model fits into a phone depends on what else the phone is doing. UniQL makes one file that can be cut when it is loaded: the channels of every layer are sorted by importance, so that any prefix is a usable smaller model, and everything is quantised to 4 bits once. MLP channels are ranked by ridge leverage scores, value and output weights by a singular value decomposition that leaves the scales where quantisation absorbs them, query and key channels in pairs that rotary embedding keeps together, Mamba-2 states alike. Reported: memory down 4 to 5.7 times, tokens 2.7 to 3.4 times faster, accuracy within 5 % at 15 % pruned. On a 260K-parameter model we found losses far larger without retraining, and a simpler score ahead of theirs; the code's licence also forbids commercial use.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2512.03383" },
    { label: "Code (non-commercial licence)", url: "https://github.com/enyac-group/UniQL" },
  ],
  library: "low-precision",
  claims: [
    {
      id: "prefixes-are-nested",
      statement:
        "Loading the file at a ratio of 0.85 gives, bit for bit, the weights that slicing the full model would give.",
      reported: {
        value: "configurable on the device, up to 35 % pruned",
        setting: "one compressed file, rate chosen at load time",
      },
      scale: "desk",
      quantity: "number of weights that differ",
      holdsIf: atMost(0),
    },
    {
      id: "sorting-beats-magnitude",
      statement:
        "Without retraining, keeping 85 % of the MLP channels or 75 % of the head channels in UniQL's order costs at least 0.001 nats per token less than in order of magnitude, in both cases.",
      reported: null,
      scale: "desk",
      quantity: "nats per token by magnitude minus by UniQL's order, the smaller of two cases",
      holdsIf: atLeast(0.001, 1000),
    },
    {
      id: "fifteen-percent-pruned-within-five",
      statement:
        "With 15 % of the MLP channels pruned and no retraining, the loss in nats per token rises by at most 5 %.",
      reported: {
        value: 5,
        unit: "% of accuracy lost at most",
        setting:
          "15 % pruned, 4 bits, after recovery training, models of 7 to 9 billion parameters",
      },
      scale: "desk",
      quantity: "increase of nats per token over the unpruned model, in %",
      holdsIf: atMost(5, 1000),
    },
    {
      id: "masked-training-recovers",
      statement:
        "Training low-rank corrections under random masks wins back at least half of the loss that pruning to a ratio of 0.85 had cost on held-out text.",
      reported: {
        value: 5,
        unit: "% of accuracy lost at most",
        setting: "15 % pruned, after recovery training with randomly drawn rates",
      },
      scale: "desk",
      quantity: "recovered nats per token divided by the nats that pruning cost",
      holdsIf: atLeast(0.5, 1000),
    },
    {
      id: "leverage-beats-activation-norm",
      statement:
        "Ranking MLP channels by ridge leverage with lambda 1e-4 costs at least 0.001 nats per token less at 85 % than ranking them by activation energy times the squared norm of their output weights.",
      reported: {
        value: "ridge leverage scores",
        setting: "published method, regularisation 1e-4",
      },
      scale: "desk",
      quantity: "nats per token with the simple score minus with leverage scores",
      holdsIf: atLeast(0.001, 1000),
    },
    {
      id: "sorting-twenty-times-faster",
      statement:
        "Sorting an MLP of width 2048 by leverage scores is at least 20 times faster than the pseudo-inverse method that it replaces.",
      reported: { value: 20, unit: "times faster", setting: "structured weight sorting" },
      scale: "desk",
      quantity: "time of the pseudo-inverse Nystrom method divided by time of leverage sorting",
      holdsIf: atLeast(20),
    },
    {
      id: "four-times-less-memory",
      statement:
        "With 15 % of the channels pruned, the 4-bit weights with one scale per 128 take at least 4 times fewer bytes than the unpruned model in half precision.",
      reported: {
        value: "4 to 5.7",
        unit: "times less memory",
        setting: "4 bits and pruned, several models",
      },
      scale: "desk",
      quantity:
        "bytes at half precision, unpruned, divided by bytes of the 4-bit file at ratio 0.85",
      holdsIf: atLeast(4),
    },
    {
      id: "decoding-faster",
      statement:
        "A quantised and pruned model of 7 to 9 billion parameters decodes at least 2.7 times as many tokens per second as the original.",
      reported: {
        value: "2.7 to 3.4",
        unit: "times the token throughput",
        setting: "quantised and pruned models of 7 to 9 billion parameters",
      },
      scale: "paper",
      quantity: "tokens per second of the compressed model divided by those of the original",
      holdsIf: atLeast(2.7),
    },
  ],
});
