import { dataError } from "@daily-kernel/compute";
import { type DecodedPng, decode } from "fast-png";
import type { FileBytes } from "../dataset.ts";
import { bytesOf } from "./bytes-of.ts";

/** Decodes a PNG of 8-bit RGB pixels and of exactly this size to `height * width * 3` bytes. */
export function pngStrip(
  files: FileBytes,
  path: string,
  width: number,
  height: number,
): Uint8Array {
  const bytes = bytesOf(files, path);
  const png = decoded(path, bytes);
  const found = `${png.width} x ${png.height} with ${png.channels} channels of ${png.depth} bits`;
  if (found !== `${width} x ${height} with 3 channels of 8 bits`) {
    throw dataError(
      `${path}: expected ${width} x ${height} with 3 channels of 8 bits, got ${found}`,
    );
  }
  return new Uint8Array(png.data.buffer, png.data.byteOffset, width * height * 3);
}

function decoded(path: string, bytes: Uint8Array): DecodedPng {
  try {
    return decode(bytes);
  } catch (error) {
    throw dataError(`${path}: not a PNG file (${String(error)})`);
  }
}
