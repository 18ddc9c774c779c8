import { type MatrixF32, matmul, matrixF32 } from "@daily-kernel/compute";
import { fromJax, type Parameters } from "@daily-kernel/nn";
import { CONTEXT } from "./tokens.ts";
import { shape } from "./transformer.ts";

const { width: D, layers, heads } = shape;
const H = D / heads;

/** Parameters outside jax-js. */
export type Weights = Readonly<Record<string, MatrixF32>>;

/** Copies parameters out; vectors become rows. Keeps them. */
export async function weightsOf(parameters: Parameters): Promise<Weights> {
  const weights: Record<string, MatrixF32> = {};
  for (const [name, array] of Object.entries(parameters)) {
    const { data, shape } = await fromJax(array.ref);
    const cols = shape.at(-1)!;
    weights[name] = matrixF32(data.length / cols, cols, data.slice());
  }
  return weights;
}

function normalised({ data, rows }: MatrixF32, gain: MatrixF32): MatrixF32 {
  const out = matrixF32(rows, D);
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let k = 0; k < D; k++) square += data[i * D + k]! ** 2;
    const scale = 1 / Math.sqrt(square / D + 1e-5);
    for (let k = 0; k < D; k++) out.data[i * D + k] = data[i * D + k]! * scale * gain.data[k]!;
  }
  return out;
}

const add = (x: MatrixF32, y: MatrixF32) => {
  for (let k = 0; k < x.data.length; k++) x.data[k]! += y.data[k]!;
};

/**
 * The same network one position at a time for many sequences at once, keys and values kept: what
 * jax-js would compute again for every position.
 */
export class Decoder {
  readonly #weights: Weights;
  readonly #rows: number;
  readonly #keys: Float32Array[];
  readonly #values: Float32Array[];
  #length = 0;

  constructor(weights: Weights, rows: number) {
    this.#weights = weights;
    this.#rows = rows;
    const cache = () => Array.from({ length: layers }, () => new Float32Array(rows * CONTEXT * D));
    this.#keys = cache();
    this.#values = cache();
  }

  /** Logits [rows, V] of what follows after one more token of every sequence. */
  next(tokens: ArrayLike<number>): MatrixF32 {
    const w = this.#weights;
    const x = matrixF32(this.#rows, D);
    for (let i = 0; i < this.#rows; i++) {
      for (let k = 0; k < D; k++) {
        x.data[i * D + k] =
          w.embed!.data[tokens[i]! * D + k]! + w.place!.data[this.#length * D + k]!;
      }
    }
    for (let layer = 0; layer < layers; layer++) {
      const qkv = matmul(normalised(x, w[`gain${layer}`]!), w[`qkv${layer}`]!);
      add(x, matmul(this.#attend(layer, qkv), w[`mix${layer}`]!));
      const inner = matmul(normalised(x, w[`between${layer}`]!), w[`up${layer}`]!);
      for (let k = 0; k < inner.data.length; k++) inner.data[k] = Math.max(0, inner.data[k]!);
      add(x, matmul(inner, w[`down${layer}`]!));
    }
    this.#length += 1;
    return matmul(normalised(x, w.gain!), w.head!);
  }

  #attend(layer: number, { data: qkv }: MatrixF32): MatrixF32 {
    const [keys, values] = [this.#keys[layer]!, this.#values[layer]!];
    const out = matrixF32(this.#rows, D);
    const weights = new Float64Array(this.#length + 1);
    for (let i = 0; i < this.#rows; i++) {
      const cache = i * CONTEXT * D;
      const own = cache + this.#length * D;
      keys.set(qkv.subarray(i * 3 * D + D, i * 3 * D + 2 * D), own);
      values.set(qkv.subarray(i * 3 * D + 2 * D, (i + 1) * 3 * D), own);
      for (let h = 0; h < D; h += H) {
        let most = Number.NEGATIVE_INFINITY;
        for (let t = 0; t <= this.#length; t++) {
          let dot = 0;
          for (let k = 0; k < H; k++) {
            dot += qkv[i * 3 * D + h + k]! * keys[cache + t * D + h + k]!;
          }
          weights[t] = dot / Math.sqrt(H);
          most = Math.max(most, weights[t]!);
        }
        let total = 0;
        for (let t = 0; t <= this.#length; t++) {
          weights[t] = Math.exp(weights[t]! - most);
          total += weights[t]!;
        }
        for (let t = 0; t <= this.#length; t++) {
          const share = weights[t]! / total;
          for (let k = 0; k < H; k++) {
            out.data[i * D + h + k]! += share * values[cache + t * D + h + k]!;
          }
        }
      }
    }
    return out;
  }
}
