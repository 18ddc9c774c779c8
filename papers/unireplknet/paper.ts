import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "unireplknet",
  title:
    "UniRepLKNet: A Universal Perception Large-Kernel ConvNet for Audio, Video, Point Cloud, Time-Series and Image Recognition",
  arxiv: "2311.15599",
  submitted: "2023-11-27",
  authors: [
    "Xiaohan Ding",
    "Yiyuan Zhang",
    "Yixiao Ge",
    "Sijie Zhao",
    "Lin Song",
    "Xiangyu Yue",
    "Ying Shan",
  ],
  authorCount: 7,
  topics: ["vision", "efficient-inference"],
  summary:
    "Seeing wide and thinking deep are two jobs, so this network gives them to two kinds of block: a few 13x13 depthwise filters for width, cheap 3x3 blocks for depth. While it trains, each large filter is accompanied by up to five dilated small ones, each with its own batch normalisation; afterwards all are merged into a single filter, exactly, because a dilated filter is a sparse dense one. Anything that can be drawn as channels by height by width goes in: images, spectrograms, series, projected points. Reported are 88.0 % on ImageNet for the largest model at 384 pixels, after pre-training on the larger ImageNet-22K. We recount the parameters of all nine variants, check the merge, time what it saves, and ask on four small modalities whether 13x13 beats 3x3; ImageNet itself is out of reach here.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2311.15599" },
    { label: "Code", url: "https://github.com/AILab-CVC/UniRepLKNet" },
    { label: "Project page", url: "https://invictus717.github.io/UniRepLKNet/" },
  ],
  library: "vision",
  claims: [
    {
      id: "parameters-of-nine-variants",
      statement:
        "Our nine variants, from A to XL, have exactly the parameter counts of the official ones, in training form and merged.",
      reported: {
        value: "4.4M to 386M",
        unit: "parameters",
        setting: "variants A to XL, merged, 1,000 classes",
      },
      scale: "paper",
      quantity: "number of the 18 counts that differ",
      holdsIf: atMost(0, 18),
    },
    {
      id: "merge-exact",
      statement:
        "Merging a dilated block of any supported filter size changes its double-precision output by at most a relative 1e-12, also on maps smaller than the filter.",
      reported: { value: "exact", setting: "structural re-parameterisation, evaluation mode" },
      scale: "paper",
      quantity: "largest relative difference over filter sizes and map sizes",
      holdsIf: atMost(1e-12),
    },
    {
      id: "merged-network-equal",
      statement:
        "On 100 image crops, no logit of the merged variant A differs by more than 1e-4 from the training form.",
      reported: { value: "equivalent", setting: "whole network before and after merging" },
      scale: "paper",
      quantity: "largest difference of logits",
      holdsIf: atMost(1e-4, 100),
    },
    {
      id: "merging-saves-time",
      statement:
        "At 13x13, evaluating the training form of a dilated block takes at least 2.5 times as long as the merged filter in our kernels.",
      reported: { value: "branches vanish at inference", setting: "dilated block after merging" },
      scale: "desk",
      quantity: "time of the training form divided by time of the merged filter",
      holdsIf: atLeast(2.5),
    },
    {
      id: "dilated-branches-help",
      statement:
        "Training with dilated branches raises a small net's test accuracy by at least 0.01 points over the same net without them, at equal inference cost.",
      reported: {
        value: "higher accuracy",
        setting: "ImageNet, with and without dilated branches",
      },
      scale: "desk",
      quantity: "accuracy with branches minus without, in points, interval over paired seeds",
      holdsIf: atLeast(0.01, 5),
    },
    {
      id: "large-beat-small-filters",
      statement:
        "A small net with 13x13 filters has a test accuracy at least 0.01 points above that of the same net with 3x3 filters.",
      reported: {
        value: "wide view without depth",
        setting: "large-kernel nets against small-kernel ones",
      },
      scale: "desk",
      quantity: "accuracy with 13x13 minus with 3x3, in points, interval over paired seeds",
      holdsIf: atLeast(0.01, 5),
    },
    {
      id: "four-modalities",
      statement:
        "One code path beats a linear, nearest-neighbour or seasonal baseline, with a confidence interval that excludes a tie, on at least three of images, sounds, series and points.",
      reported: {
        value: "state of the art on series and audio",
        setting: "audio, video, point clouds, time series and images",
      },
      scale: "desk",
      quantity: "number of the four modalities on which the net beats the baseline",
      holdsIf: atLeast(3),
    },
    {
      id: "imagenet-xl",
      statement:
        "The XL variant, pre-trained on ImageNet-22K, classifies ImageNet at 384 pixels with a top-1 accuracy of at least 88.0 %.",
      reported: {
        value: 88,
        unit: "% top-1 accuracy",
        setting: "UniRepLKNet-XL, ImageNet-22K pre-training, 384 pixels",
      },
      scale: "paper",
      quantity: "top-1 accuracy on the ImageNet validation set, in %",
      holdsIf: atLeast(88, 50_000),
    },
  ],
});
