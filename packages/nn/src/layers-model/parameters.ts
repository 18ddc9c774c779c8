import { domainError, shapeError } from "@daily-kernel/compute";
import { checkTensor, type Tensor } from "../tensor.ts";
import type { Convolution } from "./convolution.ts";
import { type Layer, unsupported, windowOf } from "./topology.ts";

/** A network's weights by name. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** A layer's tensor, of a shape or a number of axes; throws if it is missing. */
function stored(tensors: Tensors, layer: Layer, part: string, shape: number[] | number): Tensor {
  const name = `${layer.name}/${part}`;
  const found = tensors.get(name);
  if (!found) throw shapeError(`layersModel: tensors must hold ${name}`);
  checkTensor("layersModel", name, found, typeof shape === "number" ? shape : shape.length);
  if (typeof shape !== "number" && found.shape.some((size, i) => size !== shape[i])) {
    throw shapeError(
      `layersModel: ${name} must have shape [${shape.join(", ")}], got [${found.shape.join(", ")}]`,
    );
  }
  const bad = found.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw domainError(
      `layersModel: ${name} must be finite, got ${found.data[bad]} at index ${bad}`,
    );
  }
  return found;
}

/** A convolution as the layer describes it, nothing folded in yet. */
export function convolutionOf(layer: Layer, tensors: Tensors): Convolution {
  const { kernel_size, activation = "linear", use_bias } = layer.config;
  if (activation !== "linear" && activation !== "relu") {
    throw unsupported(layer, `has the activation ${activation}`);
  }
  const window = windowOf(layer, kernel_size);
  const { data, shape } = stored(tensors, layer, "kernel", 4);
  const [height, width, channels, filters] = shape as [number, number, number, number];
  if (height !== window.height || width !== window.width) {
    throw shapeError(
      `layersModel: ${layer.name}/kernel must have shape [${window.height}, ${window.width}, C, filters], got [${shape.join(", ")}]`,
    );
  }
  const bias = use_bias
    ? stored(tensors, layer, "bias", [filters]).data
    : new Float32Array(filters);
  const kernel = { data, rows: height * width * channels, cols: filters };
  return { window, channels, kernel, bias, rectified: activation === "relu" };
}

/** Batch normalisation with its stored statistics, as y = scale x + shift. */
export function normalisationOf(layer: Layer, tensors: Tensors) {
  const { epsilon = 1e-3 } = layer.config;
  const mean = stored(tensors, layer, "moving_mean", 1).data;
  const part = (name: string) => stored(tensors, layer, name, [mean.length]).data;
  const optional = (name: string) =>
    tensors.has(`${layer.name}/${name}`) ? part(name) : undefined;
  const gamma = optional("gamma");
  const beta = optional("beta");
  const scale = part("moving_variance").map(
    (variance, c) => (gamma?.[c] ?? 1) / Math.sqrt(variance + epsilon),
  );
  return { scale, shift: mean.map((value, c) => (beta?.[c] ?? 0) - value * scale[c]!) };
}
