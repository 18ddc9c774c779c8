import { dataError } from "@daily-kernel/compute";
import { expected } from "./check.ts";

/** One tensor of a layers model: its weights lie one after the other in manifest order. */
export interface TfjsWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: "float32";
  /** Where given, each stored byte `q` stands for `min + scale * q`. */
  readonly quantization?: { readonly min: number; readonly scale: number; readonly dtype: "uint8" };
}

/** A TensorFlow.js layers model: its Keras topology and the list of its weights. */
export interface TfjsModelJson {
  readonly modelTopology: unknown;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly TfjsWeight[];
  }[];
}

/** A pretrained network as its makers stored it. */
export interface TfjsModel {
  readonly modelJson: TfjsModelJson;
  /** All shards in order: the stored bytes of every tensor of the manifest. */
  readonly weights: Uint8Array;
}

/** Checks that a JSON value is a layers model whose tensors are stored as bytes or floats. */
export function tfjsModel(json: unknown): TfjsModelJson {
  const model = json as Partial<TfjsModelJson> | null;
  const groups = Array.isArray(model?.weightsManifest) ? model.weightsManifest : [];
  const weights = groups.flatMap((group) => group.weights ?? []);
  if (typeof model?.modelTopology !== "object" || weights.length === 0) {
    throw dataError("model: expected modelTopology and weightsManifest");
  }
  const bad = weights.find(
    (w) => w.dtype !== "float32" || (w.quantization && w.quantization.dtype !== "uint8"),
  );
  if (bad) throw dataError(`model: ${bad.name} is stored neither as float32 nor as uint8`);
  return model as TfjsModelJson;
}

/** Bytes that the manifest's tensors take in `weights`. */
export function weightBytes(model: TfjsModelJson): number {
  return manifest(model).reduce((sum, weight) => sum + storedBytes(weight), 0);
}

/**
 * The network's tensors by name, each a new row-major `Float32Array`, dequantised as
 * `min + scale * q` and rounded once. O(number of weights).
 */
export function tensorsOf(
  model: TfjsModel,
): Map<string, { shape: readonly number[]; data: Float32Array }> {
  const ok = model?.weights instanceof Uint8Array && model.modelJson?.weightsManifest;
  if (!ok) throw expected("tensorsOf: model", "a TfjsModel", model);
  const { buffer, byteOffset, byteLength } = model.weights;
  const view = new DataView(buffer, byteOffset, byteLength);
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  let at = 0;
  for (const weight of manifest(model.modelJson)) {
    const data = new Float32Array(elements(weight));
    const q = weight.quantization;
    for (let i = 0; i < data.length; i++) {
      data[i] = q ? q.min + q.scale * view.getUint8(at + i) : view.getFloat32(at + 4 * i, true);
    }
    tensors.set(weight.name, { shape: weight.shape, data });
    at += storedBytes(weight);
  }
  return tensors;
}

function manifest(model: TfjsModelJson): TfjsWeight[] {
  return model.weightsManifest.flatMap((group) => group.weights);
}

function elements(weight: TfjsWeight): number {
  return weight.shape.reduce((product, d) => product * d, 1);
}

function storedBytes(weight: TfjsWeight): number {
  return elements(weight) * (weight.quantization ? 1 : 4);
}
