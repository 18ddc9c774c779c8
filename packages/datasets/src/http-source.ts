import { dataError } from "@daily-kernel/compute";
import { checkDataset, checkOptions, expected } from "./check.ts";
import type { DataFile, DataSource, LoadOptions } from "./dataset.ts";
import { verified } from "./sha256.ts";

/**
 * Reads files from `<baseUrl>/<sha256>`, for a page whose server keeps the data (`/data` there).
 * Each file is checked against its SHA-256. Cancelling aborts the request.
 */
export function httpSource(baseUrl: string | URL): DataSource {
  if (typeof baseUrl !== "string" && !(baseUrl instanceof URL)) {
    throw expected("httpSource: baseUrl", "a string or a URL", baseUrl);
  }
  const base = String(baseUrl).replace(/\/$/, "");
  return {
    async read(dataset, options = {}) {
      checkDataset("httpSource.read", dataset);
      checkOptions("httpSource.read", options);
      const total = dataset.files.reduce((sum, file) => sum + file.bytes, 0);
      const files = new Map<string, Uint8Array>();
      let before = 0;
      for (const file of dataset.files) {
        const start = before;
        const bytes = await download(dataset.name, file, `${base}/${file.sha256}`, options, (n) =>
          options.onProgress?.({ phase: "read", done: start + n, total }),
        );
        const remedy = `run "daily-kernel data get ${dataset.name}" on the server`;
        files.set(file.path, await verified(dataset.name, file, bytes, remedy));
        before += file.bytes;
      }
      return files;
    },
  };
}

async function download(
  dataset: string,
  file: DataFile,
  url: string,
  { signal }: LoadOptions,
  onBytes: (done: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const failed = `${dataset}: ${file.path} could not be fetched from ${url}`;
  const response = await online(fetch(url, { signal: signal ?? null }), failed, signal);
  if (!response.ok || response.body === null) {
    const why =
      response.status === 451
        ? "its licence does not let this server hand it out"
        : `run "daily-kernel data get ${dataset}" on the server`;
    throw dataError(`${dataset}: ${file.path} is not at ${url} (HTTP ${response.status}); ${why}`);
  }
  // The size is pinned, so one buffer will do, and a longer answer cannot exhaust the memory.
  const bytes = new Uint8Array(file.bytes);
  let done = 0;
  for await (const chunk of chunks(response.body, failed, signal)) {
    if (done + chunk.length > bytes.length) {
      throw dataError(`${dataset}: ${url} is longer than the ${file.bytes} bytes of ${file.path}`);
    }
    bytes.set(chunk, done);
    done += chunk.length;
    onBytes(done);
  }
  if (done < bytes.length) {
    throw dataError(`${dataset}: ${url} ended after ${done} of ${file.bytes} bytes; try again`);
  }
  return bytes;
}

/** Not every browser iterates a stream by itself. Leaving the loop early cancels the request. */
async function* chunks(
  body: ReadableStream<Uint8Array>,
  failed: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await online(reader.read(), failed, signal);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A step over the network: where it fails, the signal's reason if aborted, else `ERR_DATA`. */
async function online<T>(
  step: Promise<T>,
  failed: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    return await step;
  } catch (error) {
    signal?.throwIfAborted();
    throw dataError(`${failed} (${error instanceof Error ? error.message : String(error)})`);
  }
}
