import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "scaling-up-kernels",
  title:
    "Scaling Up Your Kernels: Large Kernel Design in ConvNets towards Universal Representations",
  arxiv: "2410.08049",
  submitted: "2024-10-10",
  authors: ["Yiyuan Zhang", "Xiaohan Ding", "Xiangyu Yue"],
  authorCount: 3,
  topics: ["vision", "efficient-inference"],
  summary:
    "Most convolutional nets see far by stacking many small filters. This journal article, which joins RepLKNet (31x31) and UniRepLKNet (13x13), argues for a few very large depthwise filters instead: keep a shortcut around them, train small or dilated filters in parallel and merge those afterwards, add depth with 3x3 blocks, and judge by what a pixel of the last map really depends on. Reported are 88.0 % on ImageNet, a wider effective receptive field, decisions that follow shape more than texture, and use on sound, video, points and series. The abstract prints no figure for field or bias, and the cost hinges on an operator that many libraries lack. We time depthwise filters from 3x3 to 51x51, measure receptive fields at equal parameters, and stage a small conflict of shape and texture.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2410.08049" },
    { label: "Code", url: "https://github.com/AILab-CVC/UniRepLKNet" },
    {
      label: "Operator and receptive-field scripts (RepLKNet)",
      url: "https://github.com/DingXiaoH/RepLKNet-pytorch",
    },
  ],
  library: "vision",
  claims: [
    {
      id: "throughput-flat-in-kernel-size",
      statement:
        "On a CPU, the arithmetic rate of our depthwise convolution varies by less than a factor of 1.4 between 7x7 and 31x31 filters.",
      reported: null,
      scale: "desk",
      quantity: "largest divided by smallest GFLOP/s over filter sizes 7 to 31",
      holdsIf: atMost(1.4),
    },
    {
      id: "large-kernels-need-own-operator",
      statement:
        "For filters of 15x15 and more, our depthwise convolution is at least 8 times faster than PyTorch's own on one CPU thread.",
      reported: {
        value: 20,
        unit: "times faster at 31x31, 2 times at 7x7",
        setting: "implicit-GEMM operator against PyTorch's GPU operator of early 2022",
      },
      scale: "desk",
      quantity: "PyTorch's time divided by ours, the smallest over filter sizes from 15",
      holdsIf: atLeast(8),
    },
    {
      id: "two-large-see-wider-than-six-small",
      statement:
        "With equal parameters, two 13x13 layers draw 99 % of the contribution to the central output from an area at least twice that of six 3x3 layers.",
      reported: {
        value: "larger effective receptive field",
        setting: "large-kernel against small-kernel nets",
      },
      scale: "desk",
      quantity: "ratio of the 99 % area fractions, two 13x13 layers to six 3x3 layers",
      holdsIf: atLeast(2),
    },
    {
      id: "two-large-see-wider-than-deep-small",
      statement:
        "With equal parameters, two 13x13 layers have an effective receptive field at least 1 % wider than 24 layers of 3x3, at both 50 % and 99 % of the contribution.",
      reported: {
        value: "larger effective receptive field",
        setting: "few large kernels against many stacked small ones",
      },
      scale: "desk",
      quantity: "ratio of area fractions at 50 % and at 99 %, the smaller of the two",
      holdsIf: atLeast(1.01),
    },
    {
      id: "field-grows-with-kernel-size",
      statement:
        "With random weights, the side of the effective receptive field grows like the filter size to a power between 0.8 and 1.2.",
      reported: { value: "O(K sqrt(L))", setting: "theory for L layers of K x K filters" },
      scale: "desk",
      quantity: "log-log slope of the side against the filter size",
      holdsIf: between(0.8, 1.2),
    },
    {
      id: "field-grows-with-root-of-depth",
      statement:
        "With random weights, the side of the effective receptive field grows like the number of layers to a power between 0.35 and 0.65.",
      reported: { value: "O(K sqrt(L))", setting: "theory for L layers of K x K filters" },
      scale: "desk",
      quantity: "log-log slope of the side against the number of layers",
      holdsIf: between(0.35, 0.65),
    },
    {
      id: "large-kernels-prefer-shape",
      statement:
        "On digits filled with the texture of another class, the shape bias of a net with 13x13 filters is at least 0.001 above that of one with 3x3 filters, equal parameters and equal clean accuracy.",
      reported: {
        value: "higher shape bias",
        setting: "cue-conflict images, large-kernel against small-kernel nets",
      },
      scale: "desk",
      quantity: "shape bias with 13x13 minus shape bias with 3x3, interval over seeds",
      holdsIf: atLeast(0.001, 5),
    },
    {
      id: "gpu-operator-at-31",
      statement:
        "On a GPU, a depthwise operator of our own is at least 5 times faster at 31x31 than PyTorch's native one.",
      reported: {
        value: 20,
        unit: "times faster",
        setting: "31x31 depthwise, implicit GEMM, PyTorch of early 2022",
      },
      scale: "paper",
      quantity: "time of the native operator divided by time of ours at 31x31",
      holdsIf: atLeast(5),
    },
  ],
});
