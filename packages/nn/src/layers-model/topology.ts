import { domainError, typeError, unsupportedError } from "@daily-kernel/compute";
import type { Window } from "./maps.ts";

/** One layer as Keras writes it down, as far as we read it. */
export interface Layer {
  readonly name: string;
  readonly class_name: string;
  readonly config: {
    readonly batch_input_shape?: readonly (number | null)[];
    readonly kernel_size?: readonly [number, number];
    readonly pool_size?: readonly [number, number];
    readonly strides?: readonly [number, number];
    readonly dilation_rate?: readonly [number, number];
    readonly padding?: "valid" | "same";
    readonly data_format?: string;
    readonly axis?: number | readonly number[];
    readonly epsilon?: number;
    readonly activation?: string;
    readonly use_bias?: boolean;
  };
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

/** The names of the layers that a layer reads. */
export const inputsOf = (layer: Layer): string[] =>
  (layer.inbound_nodes[0] ?? []).map(([name]) => name);

/** The layers that `output` depends on, itself the last, in the model's order. */
export function layersUpTo(topology: unknown, output: string): Layer[] {
  const model = topology as { model_config?: { config?: { layers?: unknown } } } | null;
  const all = model?.model_config?.config?.layers;
  if (!Array.isArray(all)) {
    throw typeError(
      "layersModel: topology must hold model_config.config.layers, as Keras writes it",
    );
  }
  const layers = all as Layer[];
  const end = layers.findIndex(({ name }) => name === output);
  if (end < 0) throw domainError(`layersModel: output must name a layer, got "${output}"`);
  const needed = new Set([output]);
  for (const layer of layers.slice(0, end + 1).reverse()) {
    if (!needed.has(layer.name)) continue;
    if (layer.inbound_nodes.length > 1) throw unsupported(layer, "is used more than once");
    for (const input of inputsOf(layer)) needed.add(input);
  }
  return layers.filter(({ name }) => needed.has(name));
}

/** The window of a convolution or a pool; throws for one that we do not slide. */
export function windowOf(layer: Layer, size: readonly [number, number] | undefined): Window {
  const { strides = [1, 1], dilation_rate = [1, 1], padding, data_format } = layer.config;
  if (!size) throw unsupported(layer, "has no window size");
  if (strides[0] !== strides[1]) throw unsupported(layer, "has two different strides");
  if (dilation_rate.some((rate) => rate !== 1)) throw unsupported(layer, "is dilated");
  if (data_format !== undefined && data_format !== "channels_last") {
    throw unsupported(layer, `has the data format ${data_format}`);
  }
  if (padding !== "valid" && padding !== "same") {
    throw unsupported(layer, `has the padding ${String(padding)}`);
  }
  return { height: size[0], width: size[1], stride: strides[0], padding };
}

export const unsupported = ({ name, class_name }: Layer, why: string) =>
  unsupportedError(`layersModel: layer ${name} of kind ${class_name} ${why}`);
