import { dataError } from "@daily-kernel/compute";
import type { FileBytes } from "../dataset.ts";
import { bytesOf, textOf } from "./bytes-of.ts";

/** Decompresses one gzip file (RFC 1952) with the platform's own decoder. */
export async function gunzip(files: FileBytes, path: string): Promise<Uint8Array> {
  const packed = new Blob([bytesOf(files, path).slice()]).stream();
  try {
    const plain = packed.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch (error) {
    throw dataError(`${path}: not a gzip file (${String(error)})`);
  }
}

/** Decompresses one gzip file of UTF-8 text. */
export async function gunzipText(files: FileBytes, path: string): Promise<string> {
  return textOf(new Map([[path, await gunzip(files, path)]]), path);
}

/** One JSON value a line, gzipped. */
export async function gunzipJsonLines(files: FileBytes, path: string): Promise<unknown[]> {
  const lines = (await gunzipText(files, path)).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      throw dataError(`${path}: line ${i + 1} is not JSON`);
    }
  });
}
