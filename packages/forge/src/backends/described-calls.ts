import { bytesOf, type CallRequest, type Session } from "../session/backend.ts";
import type { DType, TensorSpec } from "../task/tensor.ts";

const kinds: Readonly<Record<DType, number>> = { float32: 0, int32: 1, bool: 2 };

function describe({ dtype, shape }: Pick<TensorSpec, "dtype" | "shape">): number[] {
  const bytes = bytesOf(dtype) * shape.reduce((product, size) => product * size, 1);
  return [kinds[dtype], bytes, shape.length, ...shape];
}

/**
 * What the C ABI leaves unsaid and a host program between it and the kernel has to know, in front of
 * the dims: `[length of this, inputs, outputs, dims, ...extra (3), then of every tensor: kind (0
 * float32, 1 int32, 2 bool), bytes, rank, sizes]`.
 */
const describedDims = (
  { inputs, outputs, dims }: CallRequest,
  extra: readonly [number, number, number] = [0, 0, 0],
): readonly number[] => {
  const rest = [...inputs, ...outputs].flatMap(describe);
  const head = [inputs.length, outputs.length, dims.length, ...extra, ...rest];
  return [head.length + 1, ...head, ...dims];
};

/** A session whose kernel gets described calls. */
export const describedSession = (
  session: Session,
  extra?: (request: CallRequest) => readonly [number, number, number],
): Session => ({
  call: (request, options) =>
    session.call({ ...request, dims: describedDims(request, extra?.(request)) }, options),
  close: () => session.close(),
});
