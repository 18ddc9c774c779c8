import { conv } from "../layers/convolution.ts";
import { linear } from "../layers/linear.ts";
import { maxPool } from "../layers/pooling.ts";
import type { Value } from "../layers/value.ts";
import {
  basicBlock,
  bottleneck,
  classify,
  convNormRelu,
  denseBlock,
  fire,
  type Inception,
  inception,
  inference,
  transition,
} from "./blocks.ts";
import { classifier } from "./families.ts";

const pool3 = { stride: 2, padding: 1 };

/** VGG: 3 x 3 convolutions with relu in groups, a max pool after each, three linear layers. */
const vgg = (repeats: readonly number[]) => (image: Value, classes: number, c: Narrow) => {
  let x = image;
  for (const [i, width] of [64, 128, 256, 512, 512].entries()) {
    for (let k = 0; k < repeats[i]!; k++) x = conv(x, c(width), { kernel: 3, padding: 1 }).relu();
    x = maxPool(x, 2);
  }
  const hidden = linear(linear(x.flatten(1), c(4096)).relu(), c(4096)).relu();
  return linear(hidden, classes);
};
type Narrow = (channels: number) => number;

/** ResNet's first layers: 7 x 7 convolution, norm, relu, max pool. */
const stem = (image: Value, outputs: number) =>
  maxPool(convNormRelu(image, outputs, { kernel: 7, stride: 2, padding: 3 }, inference), 3, pool3);

const resnet =
  (repeats: readonly number[], block: typeof basicBlock, expansion: number) =>
  (image: Value, classes: number, c: Narrow) => {
    let x = stem(image, c(64));
    for (const [i, width] of [64, 128, 256, 512].entries()) {
      for (let k = 0; k < repeats[i]!; k++) {
        const stride = i > 0 && k === 0 ? 2 : 1;
        const project = k === 0 && (stride !== 1 || expansion !== 1);
        x = block(x, c(width), stride, inference, project);
      }
    }
    return classify(x, classes);
  };

const densenet = (repeats: readonly number[]) => (image: Value, classes: number, c: Narrow) => {
  let x = stem(image, c(64));
  for (const [i, layers] of repeats.entries()) {
    x = denseBlock(x, layers, c(32), inference);
    if (i < 3) x = transition(x, Math.floor(x.shape[1]! / 2), inference);
  }
  return classify(inference(x).relu(), classes);
};

const inceptions: readonly (Inception | "pool")[] = [
  [64, 96, 128, 16, 32, 32],
  [128, 128, 192, 32, 96, 64],
  "pool",
  [192, 96, 208, 16, 48, 64],
  [160, 112, 224, 24, 64, 64],
  [128, 128, 256, 24, 64, 64],
  [112, 144, 288, 32, 64, 64],
  [256, 160, 320, 32, 128, 128],
  "pool",
  [256, 160, 320, 32, 128, 128],
  [384, 192, 384, 48, 128, 128],
];

/** Whole networks of convolutions, batch norms at inference, dropout left out. */
export const convolutionalTasks = [
  classifier("alexnet", [1024, 224, 1000], "five convolutions, three linear layers", {
    least: 67,
    net: (image, classes, c) => {
      let x = maxPool(conv(image, c(96), { kernel: 11, stride: 4, padding: 2 }).relu(), 3, {
        stride: 2,
      });
      x = maxPool(conv(x, c(256), { kernel: 5, padding: 2 }).relu(), 3, { stride: 2 });
      for (const width of [384, 384, 256]) x = conv(x, c(width), { kernel: 3, padding: 1 }).relu();
      x = maxPool(x, 3, { stride: 2 }).flatten(1);
      return linear(linear(linear(x, c(4096)).relu(), c(4096)).relu(), classes);
    },
  }),
  classifier("lenet5", [4096, 32, 20], "two convolutions, three linear layers; one channel", {
    channels: 1,
    least: 16,
    net: (image, classes, c) => {
      let x = maxPool(conv(image, c(6), { kernel: 5 }).relu(), 2);
      x = maxPool(conv(x, c(16), { kernel: 5 }).relu(), 2).flatten(1);
      return linear(linear(linear(x, c(120)).relu(), c(84)).relu(), classes);
    },
  }),
  classifier("vgg16", [10, 224, 1000], "thirteen convolutions, three linear layers", {
    least: 32,
    net: vgg([2, 2, 3, 3, 3]),
  }),
  classifier("vgg19", [10, 224, 1000], "sixteen convolutions, three linear layers", {
    least: 32,
    net: vgg([2, 2, 4, 4, 4]),
  }),
  classifier("resnet18", [2, 224, 1000], "two basic blocks in each of four stages", {
    least: 32,
    net: resnet([2, 2, 2, 2], basicBlock, 1),
  }),
  classifier("resnet101", [10, 224, 1000], "3, 4, 23 and 3 bottlenecks", {
    least: 32,
    net: resnet([3, 4, 23, 3], bottleneck, 4),
  }),
  classifier("densenet121", [10, 224, 10], "dense blocks of 6, 12, 24 and 16 layers", {
    least: 32,
    net: densenet([6, 12, 24, 16]),
  }),
  classifier("densenet201", [10, 224, 10], "dense blocks of 6, 12, 48 and 32 layers", {
    least: 32,
    net: densenet([6, 12, 48, 32]),
  }),
  classifier("googlenet_inception_v1", [10, 224, 1000], "nine inception modules without relu", {
    least: 32,
    net: (image, classes, c) => {
      let x = maxPool(conv(image, c(64), { kernel: 7, stride: 2, padding: 3 }).relu(), 3, pool3);
      x = conv(conv(x, c(64), { kernel: 1 }).relu(), c(192), { kernel: 3, padding: 1 }).relu();
      x = maxPool(x, 3, pool3);
      for (const module of inceptions) {
        const widths = module === "pool" ? undefined : (module.map(c) as unknown as Inception);
        x = widths === undefined ? maxPool(x, 3, pool3) : inception(x, widths);
      }
      return classify(x, classes);
    },
  }),
  classifier("squeeze_net", [64, 512, 1000], "eight fire modules, pools rounded up", {
    least: 35,
    net: (image, classes, c) => {
      const pool = (x: Value) => maxPool(x, 3, { stride: 2, ceil: true });
      const wide = (x: Value, squeeze: number, expand: number) =>
        fire(x, c(squeeze), c(expand), c(expand));
      let x = pool(conv(image, c(96), { kernel: 7, stride: 2 }).relu());
      x = pool(wide(wide(wide(x, 16, 64), 16, 64), 32, 128));
      x = pool(wide(wide(wide(wide(x, 32, 128), 48, 192), 48, 192), 64, 256));
      return conv(wide(x, 64, 256), classes, { kernel: 1 })
        .relu()
        .mean([2, 3]);
    },
  }),
  classifier("regnet", [8, 224, 10], "three stages of two convolutions and a max pool", {
    least: 8,
    net: (image, classes, c) => {
      let x = image;
      const step = (y: Value, width: number) =>
        inference(conv(y, c(width), { kernel: 3, padding: 1 })).relu();
      for (const width of [64, 128, 256]) x = maxPool(step(step(x, width), width), 2);
      return classify(x, classes);
    },
  }),
];
