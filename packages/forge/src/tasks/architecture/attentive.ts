import {
  causal,
  classToken,
  encoderLayer,
  joinHeads,
  patchRows,
  queriesKeysValues,
  scores,
  selfAttention,
} from "../layers/attention.ts";
import { conv } from "../layers/convolution.ts";
import { linear } from "../layers/linear.ts";
import { layerNorm } from "../layers/normalization.ts";
import { concat } from "../layers/value.ts";
import { architecture } from "./families.ts";

const tokens = ["batch", "tokens", "width"];

export const attentiveTasks = [
  architecture("min_gpt_causal_attention", {
    title: "causal self-attention of 8 heads with an output layer",
    dimNames: tokens,
    published: [128, 512, 768],
    least: [1, 2, 8],
    multiples: [1, 1, 8],
    shapes: [
      [1, 1, 8],
      [2, 7, 24],
    ],
    net: (net, [batch, length, width]) =>
      selfAttention(net.input("x", [batch!, length!, width!]), 8, true),
  }),
  architecture("mini_gpt_block", {
    title: "x + causal attention(norm(x)), then x + mlp(norm(x)) with gelu by tanh; 8 heads",
    dimNames: tokens,
    published: [128, 512, 768],
    least: [1, 2, 8],
    multiples: [1, 1, 8],
    shapes: [
      [1, 1, 8],
      [2, 7, 24],
    ],
    net: (net, [batch, length, width]) => {
      const x = net.input("x", [batch!, length!, width!]);
      const y = x.add(selfAttention(layerNorm(x), 8, true));
      return y.add(linear(linear(layerNorm(y), 4 * width!).geluTanh(), width!));
    },
  }),
  architecture("relu_self_attention", {
    title: "causal attention of 12 heads with relu in place of softmax, no output layer",
    dimNames: tokens,
    published: [16, 1024, 768],
    least: [1, 2, 12],
    multiples: [1, 1, 12],
    shapes: [
      [1, 1, 12],
      [2, 7, 36],
    ],
    net: (net, [batch, length, width]) => {
      const x = net.input("x", [batch!, length!, width!]);
      const [q, k, v] = queriesKeysValues(x, 12);
      return joinHeads(causal(scores(q, k)).relu().matmul(v));
    },
  }),
  architecture("vision_attention", {
    title: "the places of an image as tokens: self-attention of 4 heads, + x, layer norm",
    dimNames: ["batch", "channels", "height", "width"],
    published: [2, 128, 128, 128],
    least: [1, 4, 2, 2],
    multiples: [1, 4, 1, 1],
    shapes: [
      [1, 4, 1, 3],
      [2, 12, 5, 3],
    ],
    net: (net, [batch, channels, height, width]) => {
      const x = net.input("x", [batch!, channels!, height!, width!]);
      const rows = x.flatten(2).permute([0, 2, 1]);
      const y = layerNorm(selfAttention(rows, 4).add(rows));
      return y.permute([0, 2, 1]).reshape(x.shape);
    },
  }),
  architecture("vision_transformer", {
    title:
      "16 x 16 patches, class token, 6 encoder layers of 8 heads that attend over the batch as published",
    dimNames: ["batch", "size", "width", "hidden", "classes"],
    published: [2, 224, 512, 2048, 10],
    least: [2, 32, 8, 8, 2],
    multiples: [1, 16, 8, 1, 1],
    shapes: [
      [1, 16, 8, 3, 1],
      [3, 32, 16, 11, 5],
    ],
    net: (net, [batch, size, width, hidden, classes]) => {
      const image = net.input("x", [batch!, 3, size!, size!]);
      const embedded = linear(patchRows(image, 16), width!, { name: "embedding" });
      let x = concat([classToken(embedded), embedded], 1);
      x = x.add(net.weight("position", [1, ...x.shape.slice(1)])).permute([1, 0, 2]);
      for (let layer = 0; layer < 6; layer++) x = encoderLayer(x, 8, hidden!);
      const first = x.slice(0, 0, 1).reshape([batch!, width!]);
      return linear(linear(first, hidden!).gelu(), classes!);
    },
  }),
  architecture("convolutional_vision_transformer", {
    title:
      "4 x 4 patches by a convolution, all of them one token beside a class token, 6 layers of 4 heads",
    dimNames: ["batch", "size", "width", "classes"],
    published: [10, 32, 128, 1000],
    least: [1, 4, 4, 2],
    multiples: [1, 4, 4, 1],
    shapes: [
      [1, 4, 4, 1],
      [3, 12, 12, 5],
    ],
    net: (net, [batch, size, width, classes]) => {
      const image = net.input("x", [batch!, 3, size!, size!]);
      const patches = conv(image, width!, { kernel: 4, stride: 4 });
      const one = linear(patches.flatten(1), width!).reshape([batch!, 1, width!]);
      let x = concat([classToken(one), one], 1);
      for (let layer = 0; layer < 6; layer++) x = encoderLayer(x, 4, 4 * width!);
      return linear(x.slice(1, 0, 1).reshape([batch!, width!]), classes!);
    },
  }),
];
