import { dataError } from "@daily-kernel/compute";
import type { FileBytes } from "../dataset.ts";
import { bytesOf } from "./bytes-of.ts";

/**
 * Decodes an IDX file of unsigned bytes: two zero bytes, 0x08, the number of dimensions, the
 * dimensions as big-endian 32-bit integers, then the data (Y. LeCun's MNIST page). The expected
 * dimensions are given, so that a file of another shape is refused.
 */
export function idxBytes(files: FileBytes, path: string, dims: readonly number[]): Uint8Array {
  const bytes = bytesOf(files, path);
  const header = 4 + 4 * dims.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = dims.reduce((product, d) => product * d, 1);
  if (bytes.length < header || view.getUint32(0) !== 0x0800 + dims.length) {
    throw dataError(`${path}: not an IDX file of bytes with ${dims.length} dimensions`);
  }
  const found = dims.map((_, i) => view.getUint32(4 + 4 * i));
  if (found.some((d, i) => d !== dims[i]) || bytes.length !== header + size) {
    throw dataError(
      `${path}: expected ${dims.join(" x ")}, got ${found.join(" x ")} in ${bytes.length} bytes`,
    );
  }
  return bytes.slice(header);
}
