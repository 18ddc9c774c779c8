import { dataError } from "@daily-kernel/compute";
import type { FileBytes } from "../dataset.ts";
import { bytesOf } from "./bytes-of.ts";
import { pngChunks } from "./png-chunks.ts";
import { unfilterRow } from "./png-filter.ts";
import { rest } from "./rest.ts";

/** Bytes to decode between two rests: a few milliseconds. */
const portion = 1 << 20;

/**
 * Decodes a PNG of 8-bit RGB pixels, not interlaced, of exactly this size into the
 * `height * width * 3` bytes of `pixels`. The platform inflates; tasks of others (a page's clicks,
 * an abort) get their turn after every MiB.
 */
export async function pngStrip(
  files: FileBytes,
  path: string,
  width: number,
  height: number,
  pixels: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  const { header, data } = pngChunks(path, bytesOf(files, path));
  const found = `${header.width} x ${header.height}, ${header.format}`;
  const wanted = `${width} x ${height}, RGB, 8 bits`;
  if (found !== wanted) throw dataError(`${path}: expected ${wanted}, got ${found}`);
  // A row is one byte that names its filter, then the filtered pixels.
  const row = new Uint8Array(1 + width * 3);
  const filtered = row.subarray(1);
  let filled = 0;
  let at = 0;
  let sinceRest = 0;
  for await (const chunk of inflated(path, data)) {
    for (let from = 0; from < chunk.length; ) {
      const piece = chunk.subarray(from, from + row.length - filled);
      row.set(piece, filled);
      from += piece.length;
      filled += piece.length;
      if (filled < row.length) continue;
      filled = 0;
      if (at === pixels.length) throw dataError(`${path}: more than ${height} rows`);
      if (!unfilterRow(row[0] as number, filtered, pixels, at)) {
        throw dataError(`${path}: unknown filter ${row[0]}`);
      }
      at += width * 3;
    }
    sinceRest += chunk.length;
    if (sinceRest >= portion) {
      sinceRest = 0;
      await rest(signal);
    }
  }
  if (at < pixels.length) throw dataError(`${path}: ends before its ${height} rows do`);
}

async function* inflated(path: string, data: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  const pieces = data.values();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { value } = pieces.next();
      if (value === undefined) controller.close();
      else controller.enqueue(value.slice());
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw dataError(`${path}: its pixels cannot be inflated (${String(error)})`);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
