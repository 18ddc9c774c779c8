import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "mlir-cost-model",
  title: "ML-driven Hardware Cost Model for MLIR",
  arxiv: "2302.11405",
  submitted: "2023-02-14",
  authors: ["Dibyendu Das", "Sandya Mannarswamy"],
  authorCount: 2,
  topics: ["systems", "gpu-kernels"],
  summary:
    "Should the compiler fuse these two operators? To answer, it wants to know what registers and cycles the result will cost, long before it has generated the code. The authors read a function's MLIR text as if it were a sentence: operation names and shapes become tokens, with or without the operands, and a small network (bag of words, LSTM, or one-dimensional convolutions with max pooling) regresses register pressure, unit utilisation or latency. Summaries of their talk give errors of 5 to 7 % of the range from some 20,000 samples, with the model not yet inside a compiler. Be careful with that metric. On skewed targets it flatters everything: on our pilot set the training mean alone scores 6 to 7 %. So we also report $R^2$ of logarithms, a random forest on operation counts, and the regret of choosing among variants.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2302.11405" },
    {
      label: "Talk at the 2022 LLVM Developers' Meeting",
      url: "https://llvm.swoogo.com/2022devmtg/session/1093943/ml-based-hardware-cost-model-for-high-level-mlir",
    },
  ],
  library: "forge",
  claims: [
    {
      id: "register-error-within-seven-percent",
      statement:
        "A convolutional model of the MLIR text predicts the number of vector registers of unseen functions with a root-mean-square error of at most 7 % of the target's range.",
      reported: {
        value: "5 to 7",
        unit: "% of the range",
        setting: "register pressure and utilisation of an accelerator, about 2,000 test samples",
      },
      scale: "desk",
      quantity: "RMSE of the predicted vector-register count divided by its range, in %",
      holdsIf: atMost(7, 300),
    },
    {
      id: "mean-predictor-passes-too",
      statement:
        "Predicting the training mean for every function already gives a root-mean-square error of at most 7 % of the range for static instructions, static block cycles and spills.",
      reported: null,
      scale: "desk",
      quantity: "RMSE of the mean predictor in % of the range, the largest of three targets",
      holdsIf: atMost(7, 300),
    },
    {
      id: "operand-tokens-help",
      statement:
        "Tokens that include operands and shapes predict better than operation names alone, paired over five seeds at p < 0.05, on at least three of six targets.",
      reported: {
        value: "text tokenised with and without operands",
        setting: "high-level dataflow graphs and affine code",
      },
      scale: "desk",
      quantity: "number of targets of six on which operand tokens win significantly",
      holdsIf: atLeast(3, 5),
    },
    {
      id: "text-model-beats-op-counts",
      statement:
        "Trained on the same 2,400 samples, the convolutional text model explains more variance of the logarithm than a random forest on operation counts on at least three of six targets.",
      reported: null,
      scale: "desk",
      quantity: "number of targets of six on which the text model has the higher log R2",
      holdsIf: atLeast(3, 300),
    },
    {
      id: "variant-choice-regret",
      statement:
        "Picking the predicted best of eight unrolled, tiled or fused variants of 100 unseen kernels costs on average at most 15 % more measured time than the true best.",
      reported: {
        value: "reasonably good estimates, meant to steer fusion and unrolling",
        setting: "stated purpose; not integrated into a compiler",
      },
      scale: "desk",
      quantity: "mean of chosen time / best time - 1, in %",
      holdsIf: atMost(15, 100),
    },
    {
      id: "prediction-faster-than-lowering",
      statement:
        "Ranking eight variants with the model takes at most a fiftieth of the time of lowering all eight with the tool chain.",
      reported: null,
      scale: "desk",
      quantity: "time to lower and analyse eight variants divided by time to predict them",
      holdsIf: atLeast(50),
    },
  ],
});
