import { dataError } from "@daily-kernel/compute";
import { schedules, type ToyTask } from "./space.ts";

/** What every schedule did on every task, measured once. */
export interface Table {
  /** Where it was measured, with what compiler. */
  readonly machine: string;
  /** What decided which results are correct. */
  readonly verifier: string;
  readonly training: readonly ToyTask[];
  readonly unseen: readonly ToyTask[];
  /** Best of the timed calls in nanoseconds, training tasks first, a row of all schedules a task. */
  readonly ns: Float64Array;
  /** 1 where the result was right. */
  readonly correct: Uint8Array;
}

/** Steps of a stored time for each factor of two: it is kept to 0.7 %. */
const STEPS = 100;

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
) {
  const body = new Response(bytes).body!;
  return new Uint8Array(await new Response(body.pipeThrough(stream)).arrayBuffer());
}

/** A table as text of base64: the facts as JSON, times in steps of 0.7 %, one bit a verdict, deflated. */
export async function packTable({ ns, correct, ...facts }: Table): Promise<string> {
  const n = ns.length;
  const head = new TextEncoder().encode(JSON.stringify(facts));
  const bytes = new Uint8Array(4 + head.length + 2 * n + Math.ceil(n / 8));
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  const body = bytes.subarray(4 + head.length);
  for (let i = 0; i < n; i++) {
    const code = Math.round(STEPS * Math.log2(ns[i]!));
    body[i] = code & 255; // low bytes and high bytes apart: they deflate better
    body[n + i] = code >> 8;
    if (correct[i]) body[2 * n + (i >> 3)]! |= 1 << (i & 7);
  }
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** @throws Error `ERR_DATA` where the text is no table. */
export async function unpackTable(text: string): Promise<Table> {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const bytes = await through(packed, new DecompressionStream("deflate-raw"));
  const headLength = new DataView(bytes.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))) as Table;
  const body = bytes.subarray(4 + headLength);
  const n = (head.training.length + head.unseen.length) * schedules.length;
  if (body.length !== 2 * n + Math.ceil(n / 8)) {
    throw dataError(`unpackTable: expected ${n} entries, got ${body.length} bytes`);
  }
  return {
    ...head,
    ns: Float64Array.from({ length: n }, (_, i) => 2 ** ((body[i]! + 256 * body[n + i]!) / STEPS)),
    correct: Uint8Array.from({ length: n }, (_, i) => (body[2 * n + (i >> 3)]! >> (i & 7)) & 1),
  };
}
