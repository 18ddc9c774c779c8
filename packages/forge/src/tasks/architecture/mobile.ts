import { conv } from "../layers/convolution.ts";
import { linear } from "../layers/linear.ts";
import { maxPool } from "../layers/pooling.ts";
import type { Value } from "../layers/value.ts";
import { classify, convNormRelu, inference, mbConv, shuffleUnit } from "./blocks.ts";
import { classifier } from "./families.ts";

const halving = { kernel: 3, stride: 2, padding: 1 };
const relu6 = (x: Value) => x.clamp(0, 6);

/** [outputs, kernel, stride, expand] of EfficientNet's blocks. */
const b0 = [
  [16, 3, 1, 1],
  [24, 3, 2, 6],
  [24, 3, 1, 6],
  [40, 5, 2, 6],
  [40, 5, 1, 6],
  [80, 3, 2, 6],
  [80, 3, 1, 6],
  [112, 5, 1, 6],
  [112, 5, 1, 6],
  [192, 5, 2, 6],
  [192, 5, 1, 6],
  [192, 5, 1, 6],
  [320, 3, 1, 6],
] as const;

/** [outputs, stride, expand]. */
const b1 = [
  [16, 1, 1],
  [24, 2, 6],
  [40, 2, 6],
  [80, 2, 6],
  [112, 1, 6],
  [192, 2, 6],
  [320, 1, 6],
] as const;
const b2 = [
  [96, 1, 3],
  [144, 2, 6],
  [192, 2, 6],
  [288, 2, 6],
  [384, 1, 6],
] as const;

/** [expand, outputs, repeats, stride] of MobileNet v2. */
const mobileNetV2 = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** [outputs, stride] of MobileNet v1. */
const mobileNetV1 = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

/** As published: the mean over the plane goes through the rest of the block, not beside it. */
function squeezed(x: Value, outputs: number, stride: number, expand: number): Value {
  const hidden = x.shape[1]! * expand;
  const wide = convNormRelu(x, hidden, { kernel: 1 }, inference);
  const depthwise = { kernel: 3, stride, padding: 1, groups: hidden };
  const mean = convNormRelu(wide, hidden, depthwise, inference).mean([2, 3], true);
  const few = conv(mean, Math.max(1, Math.floor(hidden / 4)), { kernel: 1, bias: false }).relu();
  const gate = conv(few, hidden, { kernel: 1, bias: false }).sigmoid();
  return inference(conv(gate, outputs, { kernel: 1, bias: false }));
}

const last = (x: Value, width: number, classes: number) =>
  classify(convNormRelu(x, width, { kernel: 1 }, inference), classes);

/** Networks of depthwise convolutions, batch norms at inference, dropout left out. */
export const mobileTasks = [
  classifier("efficientnet_b0", [10, 224, 1000], "thirteen MBConv blocks with relu6", {
    least: 32,
    net: (image, classes, c) => {
      let x = convNormRelu(image, c(32), halving, inference);
      for (const [outputs, kernel, stride, expand] of b0) {
        x = mbConv(x, { outputs: c(outputs), kernel, stride, expand, residual: true }, inference);
      }
      return last(x, c(1280), classes);
    },
  }),
  classifier("efficientnet_b1", [10, 240, 1000], "seven MBConv blocks without shortcuts", {
    least: 32,
    net: (image, classes, c) => {
      let x = convNormRelu(image, c(32), halving, inference);
      for (const [outputs, stride, expand] of b1) {
        x = mbConv(x, { outputs: c(outputs), kernel: 3, stride, expand, always: true }, inference);
      }
      return last(x, c(1280), classes);
    },
  }),
  classifier(
    "efficientnet_b2",
    [2, 224, 1000],
    "five blocks whose mean over the plane is what goes on: 1 x 1 from the first block",
    {
      least: 32,
      net: (image, classes, c) => {
        let x = convNormRelu(image, c(32), halving, inference);
        for (const [outputs, stride, expand] of b2) x = squeezed(x, c(outputs), stride, expand);
        return last(x, c(1408), classes);
      },
    },
  ),
  classifier("mobilenet_v1", [10, 224, 1000], "thirteen depthwise separable convolutions", {
    least: 32,
    net: (image, classes, c) => {
      let x = convNormRelu(image, c(32), halving, inference);
      for (const [outputs, stride] of mobileNetV1) {
        const depthwise = { kernel: 3, stride, padding: 1, groups: x.shape[1]! };
        x = convNormRelu(x, x.shape[1]!, depthwise, inference);
        x = convNormRelu(x, c(outputs), { kernel: 1 }, inference);
      }
      return classify(x, classes);
    },
  }),
  classifier("mobilenet_v2", [10, 224, 1000], "17 inverted residuals, as published without sums", {
    least: 32,
    net: (image, classes, c) => {
      let x = relu6(inference(conv(image, c(32), { ...halving, bias: false })));
      for (const [expand, outputs, repeats, stride] of mobileNetV2) {
        for (let k = 0; k < repeats; k++) {
          const block = { outputs: c(outputs), kernel: 3, stride: k === 0 ? stride : 1, expand };
          x = mbConv(x, block, inference);
        }
      }
      x = relu6(inference(conv(x, c(1280), { kernel: 1, bias: false })));
      return linear(x.mean([2, 3]), classes);
    },
  }),
  classifier("shufflenet", [10, 224, 1000], "3, 7 and 3 shuffle units of 3 groups, stride 1", {
    least: 16,
    multiple: 12,
    net: (image, classes, c) => {
      let x = convNormRelu(image, c(24), halving, inference);
      x = maxPool(x, 3, { stride: 2, padding: 1 });
      for (const [outputs, repeats] of [
        [240, 3],
        [480, 7],
        [960, 3],
      ] as const) {
        for (let k = 0; k < repeats; k++) x = shuffleUnit(x, c(outputs), 3, inference);
      }
      return last(x, c(1024), classes);
    },
  }),
];
