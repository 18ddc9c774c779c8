import { dataError } from "@daily-kernel/compute";
import type { FileBytes } from "../dataset.ts";
import { bytesOf } from "./bytes-of.ts";

/** Decompresses one gzip file (RFC 1952) with the platform's own decoder and decodes its UTF-8. */
export async function gunzipText(files: FileBytes, path: string): Promise<string> {
  const packed = new Blob([bytesOf(files, path).slice()]).stream();
  try {
    const plain = packed.pipeThrough(new DecompressionStream("gzip"));
    const bytes = await new Response(plain).arrayBuffer();
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw dataError(`${path}: not a gzip file of UTF-8 text (${String(error)})`);
  }
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
