import {
  checkObject,
  domainError,
  numericError,
  type PoolOptions,
  shapeError,
} from "@daily-kernel/compute";
import { checkTensor, type Tensor } from "../tensor.ts";
import { imagesOf, joined, type Maps, mapsOf, tensorOf } from "./maps.ts";
import type { Tensors } from "./parameters.ts";
import { stepsOf } from "./steps.ts";
import { layersUpTo } from "./topology.ts";

/** A Keras network as TensorFlow.js stores it. */
export interface LayersModel {
  /** `modelTopology` of the model's JSON. */
  readonly topology: unknown;
  /** The weights by name: `conv2d_1/kernel`, `batch_normalization_1/beta`, ... */
  readonly tensors: Tensors;
}

/** Images [N, H, W, C] to the maps [N, H', W', C'] of the output layer. */
export type Forward = (images: Tensor, options: PoolOptions) => Promise<Tensor>;

/**
 * The forward pass of a TensorFlow.js layers model up to the layer `output`: `Conv2D`,
 * `BatchNormalization`, ReLU, `MaxPooling2D`, `AveragePooling2D` and `Concatenate` over the
 * channels. A convolution is the matrix product of its windows with its filters, in single
 * precision; a normalisation after it is folded into the filters. Images may have another size than
 * the network was trained on. The two halves of the images go through side by side, so that one
 * half's windows are gathered here while the other's products are on the pool; the result does not
 * depend on that, nor on the number of threads.
 *
 * @throws TypeError `ERR_TYPE` for what is no topology or tensor; RangeError `ERR_DOMAIN` for an
 *   unknown output, NaN or infinities; `ERR_SHAPE` for tensors that are missing or do not fit, and
 *   for images that do not fit; Error `ERR_UNSUPPORTED` for another layer. The forward pass rejects
 *   with `ERR_NUMERIC` if a result overflows, and with the signal's reason on abort.
 */
export function layersModel(model: LayersModel, options: { output: string }): Forward {
  checkObject("layersModel", "model", model);
  checkObject("layersModel", "options", options);
  const { topology, tensors } = model;
  const { output } = options;
  const layers = layersUpTo(topology, output);
  const steps = stepsOf(layers, tensors);
  const channels = layers.find((layer) => layer.class_name === "InputLayer")?.config
    .batch_input_shape?.[3];
  const lastUse = new Map<string, number>();
  for (const [i, { inputs }] of steps.entries()) for (const name of inputs) lastUse.set(name, i);

  async function pass(images: Maps, options: PoolOptions): Promise<Maps> {
    const values = new Map<string, Maps>();
    let result = images;
    for (const [i, { name, inputs, run }] of steps.entries()) {
      const given = inputs.map((input) => values.get(input)!);
      result = run ? await run(given, options) : images;
      values.set(name, result);
      for (const input of inputs) if (lastUse.get(input) === i) values.delete(input);
    }
    return result;
  }

  return async (images, options) => {
    checkTensor("layersModel", "images", images, 4);
    if (channels && images.shape[3] !== channels) {
      throw shapeError(
        `layersModel: images must have ${channels} channels, got shape [${images.shape.join(", ")}]`,
      );
    }
    const bad = images.data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw domainError(
        `layersModel: images must be finite, got ${images.data[bad]} at index ${bad}`,
      );
    }
    const maps = mapsOf(images);
    const middle = maps.n >> 1;
    const halves = [imagesOf(maps, 0, middle), imagesOf(maps, middle, maps.n)];
    const done = halves.filter(({ n }) => n > 0).map((half) => pass(half, options));
    const result = joined(await Promise.all(done));
    if (!result.data.every(Number.isFinite)) {
      throw numericError(`layersModel: the maps of ${output} overflow single precision`);
    }
    return tensorOf(result);
  };
}
