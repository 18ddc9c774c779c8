import { conv, convTranspose } from "../layers/convolution.ts";
import { maxPool } from "../layers/pooling.ts";
import { concat, type Value } from "../layers/value.ts";
import {
  basicBlock,
  denseBlock,
  doubleConv,
  fire,
  type Inception,
  inception,
  mbConv,
  narrowed,
  shuffleUnit,
  training,
  transition,
} from "./blocks.ts";
import { architecture } from "./families.ts";

const image = ["batch", "channels", "outputs", "height", "width"];
const inputOf = ([batch, channels, , height, width]: readonly number[]) => [
  batch!,
  channels!,
  height!,
  width!,
];

/** Blocks of networks; batch norms take the batch's own statistics. */
export const blockTasks = [
  architecture("resnet_basic_block", {
    title: "two 3 x 3 convolutions with batch norm, and a shortcut of a 1 x 1 convolution",
    dimNames: image,
    published: [10, 3, 64, 224, 224],
    least: [2, 1, 1, 3, 3],
    shapes: [
      [2, 1, 3, 5, 7],
      [3, 3, 5, 11, 9],
    ],
    net: (net, dims) => basicBlock(net.input("x", inputOf(dims)), dims[2]!, 1, training, true),
  }),
  architecture("densenet121_dense_block", {
    title:
      "six times: batch norm, relu, 3 x 3 convolution to `outputs` channels put behind the rest",
    dimNames: image,
    published: [10, 32, 32, 224, 224],
    least: [2, 1, 1, 3, 3],
    shapes: [
      [2, 1, 3, 5, 7],
      [3, 4, 5, 9, 8],
    ],
    net: (net, dims) => denseBlock(net.input("x", inputOf(dims)), 6, dims[2]!, training),
  }),
  architecture("densenet121_transition_layer", {
    title: "batch norm, relu, 1 x 1 convolution without bias, average pool 2",
    dimNames: image,
    published: [128, 32, 64, 256, 256],
    least: [2, 1, 1, 2, 2],
    shapes: [
      [2, 1, 3, 5, 7],
      [3, 7, 11, 12, 9],
    ],
    net: (net, dims) => transition(net.input("x", inputOf(dims)), dims[2]!, training),
  }),
  architecture("efficientnet_mb_conv", {
    title:
      "MBConv: 1 x 1 to 6 times the channels, depthwise 5 x 5 of stride 2, 1 x 1; relu6 between",
    dimNames: image,
    published: [10, 112, 192, 224, 224],
    least: [2, 1, 1, 3, 3],
    shapes: [
      [2, 1, 3, 5, 7],
      [3, 3, 5, 11, 10],
    ],
    net: (net, dims) => {
      const block = { outputs: dims[2]!, kernel: 5, stride: 2, expand: 6, residual: true };
      return mbConv(net.input("x", inputOf(dims)), block, training);
    },
  }),
  architecture("shufflenet_unit", {
    title: "grouped 1 x 1 (3 groups), depthwise 3 x 3, shuffle, grouped 1 x 1, and a shortcut",
    dimNames: image,
    published: [10, 240, 480, 224, 224],
    least: [2, 3, 12, 3, 3],
    multiples: [1, 3, 12, 1, 1],
    shapes: [
      [2, 3, 12, 5, 7],
      [3, 9, 24, 7, 5],
    ],
    net: (net, dims) => shuffleUnit(net.input("x", inputOf(dims)), dims[2]!, 3, training),
  }),
  architecture("squeeze_net_fire_module", {
    title: "1 x 1 convolution to `squeeze` channels; 1 x 1 and 3 x 3 side by side; relu after each",
    dimNames: ["batch", "channels", "squeeze", "expand1", "expand3", "height", "width"],
    published: [128, 3, 6, 64, 64, 256, 256],
    least: [1, 1, 1, 1, 1, 3, 3],
    shapes: [
      [1, 1, 1, 1, 3, 5, 7],
      [2, 3, 5, 7, 11, 13, 9],
    ],
    net: (net, [batch, channels, squeeze, one, three, height, width]) =>
      fire(net.input("x", [batch!, channels!, height!, width!]), squeeze!, one!, three!),
  }),
  architecture("googlenet_inception_module", {
    title: "480 channels / shrink; 1 x 1 to 192, 3 x 3 by 96 to 208, 5 x 5 by 16 to 48, pool to 64",
    dimNames: ["batch", "height", "width", "shrink"],
    published: [10, 224, 224, 1],
    least: [1, 3, 3, 16],
    shapes: [
      [1, 5, 7, 48],
      [2, 11, 6, 20],
    ],
    net: (net, [batch, height, width, shrink]) => {
      const c = narrowed(shrink!);
      const widths = [192, 96, 208, 16, 48, 64].map(c) as unknown as Inception;
      return inception(net.input("x", [batch!, c(480), height!, width!]), widths);
    },
  }),
  architecture("unet_softmax", {
    title:
      "U-Net of four levels; each 3 x 3 convolution with batch norm and softmax over the width",
    dimNames: ["batch", "channels", "outputs", "features", "height", "width"],
    published: [8, 8, 4, 64, 64, 512],
    least: [1, 1, 1, 1, 32, 32],
    multiples: [1, 1, 1, 1, 16, 16],
    shapes: [
      [1, 1, 1, 1, 32, 32],
      [2, 3, 5, 2, 16, 48],
    ],
    net: (net, [batch, channels, outputs, features, height, width]) => {
      let x: Value = net.input("x", [batch!, channels!, height!, width!]);
      const levels: Value[] = [];
      for (let level = 0; level < 4; level++) {
        levels.push(doubleConv(x, features! << level, training));
        x = maxPool(levels.at(-1)!, 2);
      }
      x = doubleConv(x, features! << 4, training);
      for (let level = 3; level >= 0; level--) {
        const up = convTranspose(x, features! << level, { kernel: 2, stride: 2 });
        x = doubleConv(concat([up, levels[level]!], 1), features! << level, training);
      }
      return conv(x, outputs!, { kernel: 1 });
    },
  }),
];
