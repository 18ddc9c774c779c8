import { type ConvLayer, conv } from "../layers/convolution.ts";
import { linear } from "../layers/linear.ts";
import { batchNorm, batchNormInference } from "../layers/normalization.ts";
import { avgPool, maxPool } from "../layers/pooling.ts";
import { concat, type Value } from "../layers/value.ts";

/**
 * Batch norm of whole networks is at inference, with given statistics; that of single blocks takes
 * the batch's own, as in training.
 */
export type Norm = typeof batchNorm;

/** Numbers of channels divided by `shrink`, rounded to a multiple of `multiple`, at least that. */
export const narrowed =
  (shrink: number, multiple = 1) =>
  (channels: number): number =>
    shrink === 1 ? channels : multiple * Math.max(1, Math.round(channels / shrink / multiple));

/** Convolution without bias, norm, relu. */
export const convNormRelu = (x: Value, outputs: number, layer: ConvLayer, norm: Norm) =>
  norm(conv(x, outputs, { ...layer, bias: false })).relu();

/** The mean over all places of each channel, then a linear layer. */
export const classify = (x: Value, classes: number) =>
  linear(x.mean(x.shape.map((_, i) => i).slice(2)), classes);

/** Two 3 x 3 convolutions and a shortcut, which has a 1 x 1 convolution where `project` is set. */
export function basicBlock(
  x: Value,
  outputs: number,
  stride: number,
  norm: Norm,
  project: boolean,
) {
  const first = convNormRelu(x, outputs, { kernel: 3, stride, padding: 1 }, norm);
  const second = norm(conv(first, outputs, { kernel: 3, padding: 1, bias: false }));
  const shortcut = project ? norm(conv(x, outputs, { kernel: 1, stride, bias: false })) : x;
  return second.add(shortcut).relu();
}

/** 1 x 1, 3 x 3 and 1 x 1 convolutions to four times `width` channels, and a shortcut. */
export function bottleneck(x: Value, width: number, stride: number, norm: Norm, project: boolean) {
  const squeezed = convNormRelu(x, width, { kernel: 1 }, norm);
  const middle = convNormRelu(squeezed, width, { kernel: 3, stride, padding: 1 }, norm);
  const wide = norm(conv(middle, 4 * width, { kernel: 1, bias: false }));
  const shortcut = project ? norm(conv(x, 4 * width, { kernel: 1, stride, bias: false })) : x;
  return wide.add(shortcut).relu();
}

/** `layers` times: norm, relu, 3 x 3 convolution to `growth` channels, put behind what there was. */
export function denseBlock(x: Value, layers: number, growth: number, norm: Norm): Value {
  let all = x;
  for (let i = 0; i < layers; i++) {
    const more = conv(norm(all).relu(), growth, { kernel: 3, padding: 1, bias: false });
    all = concat([all, more], 1);
  }
  return all;
}

/** Norm, relu, 1 x 1 convolution, average pool 2. */
export const transition = (x: Value, outputs: number, norm: Norm) =>
  avgPool(conv(norm(x).relu(), outputs, { kernel: 1, bias: false }), 2);

/** Channels of an inception module: 1 x 1; 3 x 3 and what it is reduced to before; 5 x 5; pool. */
export type Inception = readonly [number, number, number, number, number, number];

/** Four branches side by side, without activations. */
export function inception(x: Value, [one, reduce3, three, reduce5, five, pool]: Inception): Value {
  return concat(
    [
      conv(x, one, { kernel: 1 }),
      conv(conv(x, reduce3, { kernel: 1 }), three, { kernel: 3, padding: 1 }),
      conv(conv(x, reduce5, { kernel: 1 }), five, { kernel: 5, padding: 2 }),
      conv(maxPool(x, 3, { stride: 1, padding: 1 }), pool, { kernel: 1 }),
    ],
    1,
  );
}

/** 1 x 1 convolution to few channels; 1 x 1 and 3 x 3 side by side; relu after each. */
export function fire(x: Value, squeeze: number, expand1: number, expand3: number): Value {
  const few = conv(x, squeeze, { kernel: 1 }).relu();
  return concat(
    [
      conv(few, expand1, { kernel: 1 }).relu(),
      conv(few, expand3, { kernel: 3, padding: 1 }).relu(),
    ],
    1,
  );
}

export interface MBConv {
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly expand: number;
  /** The first 1 x 1 convolution even where it does not widen. */
  readonly always?: boolean;
  readonly residual?: boolean;
}

/** 1 x 1 convolution to `expand` times the channels, depthwise convolution, 1 x 1 back; relu6 between. */
export function mbConv(x: Value, block: MBConv, norm: Norm): Value {
  const channels = x.shape[1] as number;
  const hidden = channels * block.expand;
  const relu6 = (y: Value) => y.clamp(0, 6);
  const { kernel, stride } = block;
  const wide =
    block.expand === 1 && !block.always
      ? x
      : relu6(norm(conv(x, hidden, { kernel: 1, bias: false })));
  const padding = (kernel - 1) / 2;
  const depthwise = { kernel, stride, padding, groups: hidden, bias: false };
  const middle = relu6(norm(conv(wide, hidden, depthwise)));
  const narrow = norm(conv(middle, block.outputs, { kernel: 1, bias: false }));
  const same = block.residual && stride === 1 && channels === block.outputs;
  return same ? narrow.add(x) : narrow;
}

/** Channels as [groups, channels / groups], transposed. */
function shuffle(x: Value, groups: number): Value {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const apart = x.reshape([batch, groups, channels / groups, height, width]);
  return apart.permute([0, 2, 1, 3, 4]).reshape(x.shape);
}

/** Grouped 1 x 1, depthwise 3 x 3 on a quarter of the channels, shuffle, grouped 1 x 1; a shortcut. */
export function shuffleUnit(x: Value, outputs: number, groups: number, norm: Norm): Value {
  const middle = outputs / 4;
  const first = convNormRelu(x, middle, { kernel: 1, groups }, norm);
  const depthwise = { kernel: 3, padding: 1, groups: middle, bias: false };
  const mixed = shuffle(norm(conv(first, middle, depthwise)), groups);
  const out = convNormRelu(mixed, outputs, { kernel: 1, groups }, norm);
  const same = x.shape[1] === outputs;
  return out.add(same ? x : norm(conv(x, outputs, { kernel: 1, bias: false })));
}

/** Two times: 3 x 3 convolution, norm, softmax over the width. */
export function doubleConv(x: Value, outputs: number, norm: Norm): Value {
  const step = (y: Value) => norm(conv(y, outputs, { kernel: 3, padding: 1 })).softmax(3);
  return step(step(x));
}

export const inference: Norm = batchNormInference;
export const training: Norm = batchNorm;
