import { sizeOf } from "@daily-kernel/nn/reference";

/** What a kernel reads and writes: indices are int32 and booleans bytes of 0 and 1, on every back end. */
export type DType = "float32" | "int32" | "bool";

/** The name, shape and kind of one argument of a kernel. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** The elements of a tensor as a kernel gets them, row-major. */
export type TensorData =
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** A dense row-major array with its kind. */
export interface KernelTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** A tensor of zeros for `spec`. */
export function zeros(spec: Pick<TensorSpec, "dtype" | "shape">): KernelTensor {
  return { dtype: spec.dtype, shape: spec.shape, data: new arrays[spec.dtype](sizeOf(spec.shape)) };
}
