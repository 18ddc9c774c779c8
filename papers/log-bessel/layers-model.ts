import { matmul, type ThreadPool, unsupportedError } from "@daily-kernel/compute";
import { type TfjsModel, tensorsOf } from "@daily-kernel/datasets";
import { type Maps, pooled, stacked, type Window, windows } from "./maps.ts";

interface Layer {
  readonly name: string;
  readonly class_name: string;
  readonly config: {
    readonly kernel_size?: readonly [number, number];
    readonly pool_size?: readonly [number, number];
    readonly strides?: readonly [number, number];
    readonly padding?: "valid" | "same";
    readonly epsilon?: number;
    readonly activation?: string;
    readonly use_bias?: boolean;
  };
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

/** Tensors by layer and by the last part of their name: `kernel`, `beta`, `moving_mean`, ... */
type Tensors = (layer: string, part: string) => Float32Array | undefined;

/** Runs the maps of some images through the network. */
export type Network = (input: Maps, pool: ThreadPool) => Promise<Maps>;

/**
 * The forward pass of a TensorFlow.js layers model up to the layer `output`: convolutions (as
 * matrix products of window rows), batch normalisation, ReLU, pooling and concatenation; another
 * layer kind throws `ERR_UNSUPPORTED`. `between` is awaited before every layer.
 */
export function network(model: TfjsModel, output: string, between: () => Promise<void>): Network {
  const all = layersOf(model);
  const layers = all.slice(0, all.findIndex(({ name }) => name === output) + 1);
  const stored = tensorsOf(model);
  const tensors: Tensors = (layer, part) => stored.get(`${layer}/${part}`)?.data;
  const lastUse = new Map<string, number>();
  const uses = new Map<string, number>();
  layers.forEach((layer, i) => {
    for (const input of inputsOf(layer)) {
      lastUse.set(input, i);
      uses.set(input, (uses.get(input) ?? 0) + 1);
    }
  });
  return async (input, pool) => {
    const values = new Map<string, Maps>();
    for (const [i, layer] of layers.entries()) {
      await between();
      const names = inputsOf(layer);
      const inputs = names.map((name) => values.get(name)!);
      // what nobody else reads may be overwritten, but not the caller's images
      const own = inputs[0] !== input && uses.get(names[0]!) === 1;
      const result =
        layer.class_name === "InputLayer" ? input : await apply(layer, inputs, own, tensors, pool);
      values.set(layer.name, result);
      for (const name of names) if (lastUse.get(name) === i) values.delete(name);
    }
    return values.get(output)!;
  };
}

function layersOf(model: TfjsModel): readonly Layer[] {
  const topology = model.modelJson.modelTopology as {
    model_config: { config: { layers: readonly Layer[] } };
  };
  return topology.model_config.config.layers;
}

const inputsOf = (layer: Layer): string[] => (layer.inbound_nodes[0] ?? []).map(([name]) => name);

async function apply(
  { name, class_name: kind, config }: Layer,
  inputs: readonly Maps[],
  own: boolean,
  tensors: Tensors,
  pool: ThreadPool,
): Promise<Maps> {
  const input = inputs[0]!;
  switch (kind) {
    case "Conv2D":
      return convolution(
        input,
        windowOf(config.kernel_size, config),
        tensors(name, "kernel")!,
        pool,
      );
    case "BatchNormalization":
      return normalised(own ? input : copied(input), name, config.epsilon!, tensors);
    case "Activation":
      if (config.activation !== "relu") break;
      return rectified(own ? input : copied(input));
    case "MaxPooling2D":
      return pooled(input, windowOf(config.pool_size, config), "maximum");
    case "AveragePooling2D":
      return pooled(input, windowOf(config.pool_size, config), "mean");
    case "Concatenate":
      return stacked(inputs);
  }
  throw unsupportedError(`network: layer ${name} of kind ${kind} is not among those it can run`);
}

function windowOf(size: readonly [number, number] | undefined, config: Layer["config"]): Window {
  const [height, width] = size!;
  return { height, width, stride: config.strides![0], padding: config.padding! };
}

async function convolution(
  input: Maps,
  window: Window,
  kernel: Float32Array,
  pool: ThreadPool,
): Promise<Maps> {
  const pointwise = window.height === 1 && window.width === 1 && window.stride === 1;
  const lines = pointwise ? input : windows(input, window);
  const rows = lines.n * lines.height * lines.width;
  const channels = kernel.length / lines.channels;
  const product = await matmul(
    { data: lines.data, rows, cols: lines.channels },
    { data: kernel, rows: lines.channels, cols: channels },
    { pool },
  );
  return { ...lines, data: product.data, channels };
}

const copied = (maps: Maps): Maps => ({ ...maps, data: maps.data.slice() });

/** ReLU in place. */
function rectified(maps: Maps): Maps {
  const { data } = maps;
  for (let i = 0; i < data.length; i++) if (data[i]! < 0) data[i] = 0;
  return maps;
}

/** Batch normalisation in place. */
function normalised(input: Maps, name: string, epsilon: number, tensors: Tensors): Maps {
  const mean = tensors(name, "moving_mean")!;
  const variance = tensors(name, "moving_variance")!;
  const gamma = tensors(name, "gamma");
  const beta = tensors(name, "beta");
  const scale = variance.map((value, c) => (gamma?.[c] ?? 1) / Math.sqrt(value + epsilon));
  const shift = mean.map((value, c) => (beta?.[c] ?? 0) - value * scale[c]!);
  const { channels, data } = input;
  for (let at = 0; at < data.length; at += channels) {
    for (let c = 0; c < channels; c++) data[at + c] = data[at + c]! * scale[c]! + shift[c]!;
  }
  return input;
}
