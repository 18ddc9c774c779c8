// A protocol-buffer field is its number with a wire type, then a varint or length-prefixed bytes.
const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);

const int = (field: number, n: number): Uint8Array =>
  Uint8Array.of(...varint(field << 3), ...varint(n));

function bytes(field: number, ...parts: (Uint8Array | string)[]): Uint8Array {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Uint8Array.of(...varint((field << 3) | 2), ...varint(body.length)), body]);
}

/** A ValueInfoProto: name and type { tensor_type { elem_type: float, shape } }. */
function valueInfo(field: number, name: string, shape: readonly number[]): Uint8Array {
  const dims = shape.map((n) => bytes(1, int(1, n)));
  return bytes(field, bytes(1, name), bytes(2, bytes(1, int(1, 1), bytes(2, ...dims))));
}

/**
 * An ONNX model of one depthwise Conv node from "x" to "y", both of `shape` [N, C, H, W], with
 * "same" padding, stride 1 and the constant weights `w` [C, 1, K, K].
 */
export function depthwiseModel(shape: readonly number[], w: Float32Array, K: number): Uint8Array {
  const channels = shape[1]!;
  const ints = (name: string, values: number[]) =>
    bytes(5, bytes(1, name), ...values.map((n) => int(8, n)), int(20, 7));
  const node = bytes(
    1,
    ...[bytes(1, "x"), bytes(1, "w"), bytes(2, "y"), bytes(4, "Conv")],
    ints("kernel_shape", [K, K]),
    ints("pads", Array(4).fill(K >> 1)),
    bytes(5, bytes(1, "group"), int(3, channels), int(20, 2)),
  );
  const dims = [channels, 1, K, K].map((n) => int(1, n));
  const raw = new Uint8Array(w.buffer, w.byteOffset, w.byteLength);
  const weights = bytes(5, ...dims, int(2, 1), bytes(8, "w"), bytes(9, raw));
  const ends = [valueInfo(11, "x", shape), valueInfo(12, "y", shape)];
  const graph = bytes(7, node, bytes(2, "depthwise"), weights, ...ends);
  return Buffer.concat([int(1, 8), graph, bytes(8, bytes(1, ""), int(2, 17))]);
}
