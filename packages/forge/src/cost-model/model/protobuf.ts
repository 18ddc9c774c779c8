// A protocol-buffer field is its number with a wire type, then a varint or length-prefixed bytes. The
// numbers are those of onnx.proto.

const utf8 = new TextEncoder();

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const varint = (n: number): number[] =>
  n < 128 ? [n] : [(n % 128) | 128, ...varint(Math.floor(n / 128))];

/** A field with an integer. */
export const integer = (field: number, n: number): Uint8Array =>
  Uint8Array.of(...varint(field * 8), ...varint(n));

/** A field with bytes, a text or a message. */
export function bytes(field: number, ...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const body = concat(
    ...parts.map((part) => (typeof part === "string" ? utf8.encode(part) : part)),
  );
  return concat(Uint8Array.of(...varint(field * 8 + 2), ...varint(body.length)), body);
}

/** AttributeProto of one integer. */
export const int = (name: string, value: number): Uint8Array =>
  bytes(5, bytes(1, name), integer(3, value), integer(20, 2));

/** AttributeProto of integers. */
export const ints = (name: string, values: readonly number[]): Uint8Array =>
  bytes(5, bytes(1, name), ...values.map((value) => integer(8, value)), integer(20, 7));

/** NodeProto. */
export const node = (
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Uint8Array[],
): Uint8Array =>
  concat(...inputs.map((input) => bytes(1, input)), bytes(2, output), bytes(4, op), ...attributes);

/** TensorProto with raw data. */
export function weight(
  name: string,
  shape: readonly number[],
  data: Float32Array | BigInt64Array,
): Uint8Array {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const type = data instanceof Float32Array ? 1 : 7;
  return concat(
    ...shape.map((n) => integer(1, n)),
    integer(2, type),
    bytes(8, name),
    bytes(9, raw),
  );
}

/** ValueInfoProto of a tensor: field 11 of a graph for an input, 12 for an output. */
export function valueInfo(
  field: 11 | 12,
  name: string,
  type: "float32" | "int64",
  shape: readonly (number | string)[],
): Uint8Array {
  const dims = shape.map((n) => bytes(1, typeof n === "number" ? integer(1, n) : bytes(2, n)));
  const tensor = bytes(1, integer(1, type === "float32" ? 1 : 7), bytes(2, ...dims));
  return bytes(field, bytes(1, name), bytes(2, tensor));
}
