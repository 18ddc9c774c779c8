import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "inceptionnext",
  title: "InceptionNeXt: When Inception Meets ConvNeXt",
  arxiv: "2303.16900",
  submitted: "2023-03-29",
  authors: ["Weihao Yu", "Pan Zhou", "Shuicheng Yan", "Xinchao Wang"],
  authorCount: 4,
  topics: ["vision", "efficient-inference"],
  summary:
    "A 7x7 depthwise convolution does little arithmetic and moves a lot of memory, which is why ConvNeXt trains slowly on a GPU. The cure here is to convolve only three eighths of the channels: one eighth with a 3x3 square, one eighth with a horizontal band of 11 pixels, one eighth with a vertical one; the rest pass untouched. The tiny variant trains 1.57 times as fast as ConvNeXt-T on an A100 and scores 82.3 against 82.1 % on ImageNet. That gain belongs to GPU memory bandwidth. On a CPU the 1x1 products dominate and the whole network gains little; in one library the official layer was even slower than 7x7 at small maps. We check parameter counts to the last digit, time the fused layer, and compare accuracy on digits with paired seeds.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2303.16900" },
    { label: "Code", url: "https://github.com/sail-sg/inceptionnext" },
  ],
  library: "vision",
  claims: [
    {
      id: "counts-exact",
      statement:
        "All five variants have exactly the parameters and multiply-accumulates of the official modules, such as 28,055,680 parameters for the tiny one.",
      reported: {
        value: "4.2, 28, 49, 87 and 87",
        unit: "million parameters",
        setting: "atto, tiny, small, base, and base at 384 pixels",
      },
      scale: "paper",
      quantity: "count of variants whose parameters or multiply-accumulates differ",
      holdsIf: atMost(0, 5),
    },
    {
      id: "mixer-exact",
      statement:
        "The fused mixer agrees with a naive double-precision one to a relative error of 1e-5 at every tested shape.",
      reported: null,
      scale: "desk",
      quantity: "largest relative error over shapes",
      holdsIf: atMost(1e-5),
    },
    {
      id: "mixer-four-times-cheaper",
      statement:
        "At 96, 192 and 384 channels on maps of 56, 28 and 14 pixels, the mixer takes at most a quarter of the time of our own 7x7 depthwise convolution.",
      reported: null,
      scale: "desk",
      quantity: "largest ratio of forward times over shapes, mixer to 7x7",
      holdsIf: atMost(0.25),
    },
    {
      id: "whole-network-faster-on-cpu",
      statement:
        "On a CPU the forward pass of the tiny network is at least 1.2 times as fast as the same network with 7x7 mixers.",
      reported: {
        value: 1.2,
        unit: "times the images per second",
        setting: "inference on an A100, batch 128, against ConvNeXt-T",
      },
      scale: "desk",
      quantity: "ratio of forward times of whole networks, 7x7 to inception mixers",
      holdsIf: atLeast(1.2),
    },
    {
      id: "better-than-partial-square",
      statement:
        "On digits pasted over textures, the inception mixer is more accurate than a 3x3 convolution of the same three eighths of the channels, paired over seeds.",
      reported: {
        value: 0.9,
        unit: "percentage points (82.3 to 81.4)",
        setting: "ImageNet, against ConvNeXt-T with 3x3 on 3/8 of the channels",
      },
      scale: "desk",
      quantity: "mean paired difference of accuracy in percentage points",
      holdsIf: atLeast(0.05, 5),
    },
    {
      id: "as-accurate-as-seven",
      statement:
        "On the same digits the accuracy of the inception mixer lies within half a percentage point of the full 7x7 convolution's.",
      reported: {
        value: 0.2,
        unit: "percentage points (82.3 to 82.1)",
        setting: "ImageNet, tiny network against ConvNeXt-T",
      },
      scale: "desk",
      quantity: "mean paired difference of accuracy in percentage points, inception minus 7x7",
      holdsIf: between(-0.5, 0.5, 5),
    },
    {
      id: "trains-faster-on-gpu",
      statement:
        "On a data-centre GPU, single precision and batch 128, the tiny network trains 1.3 to 1.9 times as many images a second as ConvNeXt-T.",
      reported: {
        value: 1.57,
        unit: "times the images per second (901 to 575)",
        setting: "training on an A100",
      },
      scale: "paper",
      quantity: "ratio of training throughputs",
      holdsIf: between(1.3, 1.9),
    },
    {
      id: "imagenet-top-one",
      statement: "The tiny network classifies at least 82.3 % of the ImageNet validation images.",
      reported: { value: 82.3, unit: "% top-1", setting: "ImageNet-1K at 224 pixels" },
      scale: "paper",
      quantity: "top-1 accuracy in percent",
      holdsIf: atLeast(82.3, 50_000),
    },
  ],
});
