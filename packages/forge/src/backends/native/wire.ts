import { bytesOf, type CallRequest, type CallResult } from "../../session/backend.ts";
import { type KernelTensor, zeros } from "../../task/tensor.ts";

/** What the warden says to us. */
export type Answer =
  | { readonly kind: "ready"; readonly overheadNs: number }
  | { readonly kind: "result"; readonly body: DataView }
  | { readonly kind: "ended"; readonly how: string; readonly detail: string; readonly log: string };

const view = ({ data }: KernelTensor) =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A call as the warden reads it, all little-endian: head, dims, byte lengths, inputs, poison. */
export function encodeCall(
  { inputs, poison, dims, slot, timed = 0, cold = false, settle = 1 }: CallRequest,
  timeout: number,
): Uint8Array[] {
  const tensors = [...inputs, ...poison];
  const head = new DataView(new ArrayBuffer(8 + 40 + 8 * (dims.length + tensors.length)));
  const bytes = tensors.reduce((sum, { data }) => sum + data.byteLength, 0);
  head.setBigUint64(0, BigInt(head.byteLength - 8 + bytes), true);
  head.setBigInt64(8, BigInt(slot), true);
  const words = [
    timed,
    cold ? 1 : 0,
    settle,
    timeout,
    inputs.length,
    poison.length,
    dims.length,
    0,
  ];
  words.forEach((word, i) => {
    head.setUint32(16 + 4 * i, word, true);
  });
  let at = 48;
  for (const size of [...dims, ...tensors.map(({ data }) => data.byteLength)]) {
    head.setBigInt64(at, BigInt(size), true);
    at += 8;
  }
  return [new Uint8Array(head.buffer), ...tensors.map(view)];
}

export function decodeAnswer(frame: Buffer): Answer {
  const kind = frame.readUInt32LE(0);
  if (kind === 0) return { kind: "ready", overheadNs: Number(frame.readBigUInt64LE(4)) };
  if (kind === 1)
    return {
      kind: "result",
      body: new DataView(frame.buffer, frame.byteOffset + 4, frame.length - 4),
    };
  const [how = "", detail = "", ...log] = frame.toString("utf8", 4).split("\n");
  return { kind: "ended", how, detail, log: log.join("\n") };
}

/** The outputs and observations of a call; the head's layout is the warden's `struct result`. */
export function decodeResult(body: DataView, { outputs }: CallRequest): CallResult {
  const flags = body.getUint32(4, true);
  const count = Number(body.getBigUint64(32, true));
  const ns = Array.from({ length: count }, (_, i) => Number(body.getBigUint64(48 + 8 * i, true)));
  let at = body.byteOffset + 48 + 8 * count;
  const read = () =>
    outputs.map((spec) => {
      const tensor = zeros(spec);
      const bytes = tensor.data.length * bytesOf(spec.dtype);
      view(tensor).set(new Uint8Array(body.buffer, at, bytes));
      at += bytes;
      return tensor;
    });
  const tensors = read();
  const floats = outputs.every(({ dtype }) => dtype === "float32");
  return {
    outputs: tensors,
    ...((flags & 1) === 0 && floats && { extremes: [read(), read()] }),
    sameOutputs: (flags & 1) !== 0,
    settled: (flags & 2) !== 0,
    inputsIntact: (flags & 4) !== 0,
    guardsIntact: (flags & 8) !== 0,
    status: body.getInt32(0, true),
    ns,
    cpuNs: Number(body.getBigUint64(24, true)),
    forgedClocks: body.getUint32(12, true),
    printed: Number(body.getBigUint64(40, true)),
    threads: body.getUint32(8, true),
    idleCpuNs: Number(body.getBigUint64(16, true)),
  };
}
