import { dataError } from "@daily-kernel/compute";

/** What a PNG's header says of its pixels; `format` is "RGB, 8 bits" or the numbers of another. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly format: string;
}

const signature = "137,80,78,71,13,10,26,10";

/**
 * Splits a PNG file (W3C PNG, section 5) into its header and the pieces of its zlib stream, which
 * are views of `bytes`. Check sums are not looked at: the whole file has been checked by SHA-256.
 */
export function pngChunks(
  path: string,
  bytes: Uint8Array,
): { header: PngHeader; data: Uint8Array[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.subarray(0, 8).join() !== signature || bytes.length < 33) {
    throw dataError(`${path}: not a PNG file`);
  }
  const data: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IDAT") data.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  // Depth, colour type, compression, filter and interlace method.
  const method = bytes.subarray(24, 29).join();
  const format = method === "8,2,0,0,0" ? "RGB, 8 bits" : `format ${method}`;
  return { header: { width: view.getUint32(16), height: view.getUint32(20), format }, data };
}
