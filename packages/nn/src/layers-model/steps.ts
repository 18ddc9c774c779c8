import type { PoolOptions } from "@daily-kernel/compute";
import { affine, type Convolution, convolve, foldInto, relu } from "./convolution.ts";
import type { Maps } from "./maps.ts";
import { convolutionOf, normalisationOf, type Tensors } from "./parameters.ts";
import { pooled } from "./pooling.ts";
import { stacked } from "./stacked.ts";
import { inputsOf, type Layer, unsupported, windowOf } from "./topology.ts";

/** What computes the maps called `name` from others; without `run`, the images themselves. */
export interface Step {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly run?: (inputs: readonly Maps[], options: PoolOptions) => Maps | Promise<Maps>;
}

/**
 * The steps of a network. A normalisation or a ReLU that alone reads a convolution becomes part of
 * it, and its maps go by the convolution's name.
 */
export function stepsOf(layers: readonly Layer[], tensors: Tensors): Step[] {
  const steps: Step[] = [];
  const readers = new Map<string, number>();
  for (const name of layers.flatMap(inputsOf)) readers.set(name, (readers.get(name) ?? 0) + 1);
  const called = new Map<string, string>();
  const convolutions = new Map<string, Convolution>();
  for (const layer of layers) {
    const sources = inputsOf(layer);
    const inputs = sources.map((name) => called.get(name) ?? name);
    const { name, class_name: kind, config } = layer;
    const before = readers.get(sources[0]!) === 1 ? convolutions.get(inputs[0]!) : undefined;
    const conv = before?.rectified ? undefined : before;
    const add = (run: NonNullable<Step["run"]>) => steps.push({ name, inputs, run });
    switch (kind) {
      case "InputLayer":
        steps.push({ name, inputs });
        break;
      case "Conv2D": {
        const convolution = convolutionOf(layer, tensors);
        convolutions.set(name, convolution);
        add(([maps], options) => convolve(maps!, convolution, options));
        break;
      }
      case "BatchNormalization": {
        const { scale, shift } = normalisationOf(layer, tensors);
        if (conv) {
          foldInto(conv, scale, shift);
          called.set(name, inputs[0]!);
        } else add(([maps]) => affine(maps!, scale, shift));
        break;
      }
      case "Activation":
        if (config.activation !== "relu") throw unsupported(layer, `is a ${config.activation}`);
        if (conv) {
          conv.rectified = true;
          called.set(name, inputs[0]!);
        } else add(([maps]) => relu(maps!));
        break;
      case "MaxPooling2D":
      case "AveragePooling2D": {
        const window = windowOf(layer, config.pool_size);
        const by = kind === "MaxPooling2D" ? "maximum" : "mean";
        add(([maps]) => pooled(maps!, window, by));
        break;
      }
      case "Concatenate":
        if (config.axis !== undefined && config.axis !== 3 && config.axis !== -1) {
          throw unsupported(layer, `joins along axis ${String(config.axis)}`);
        }
        add(stacked);
        break;
      default:
        throw unsupported(layer, "is not among those it can run");
    }
  }
  return steps;
}
