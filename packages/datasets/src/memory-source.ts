import { dataError } from "@daily-kernel/compute";
import type { DataSource } from "./dataset.ts";
import { verified } from "./sha256.ts";

/** Reads files that the caller already holds, by `DataFile.path`; each is checked like any other. */
export function memorySource(held: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): DataSource {
  return {
    async read(dataset, { signal } = {}) {
      const files = new Map<string, Uint8Array>();
      for (const file of dataset.files) {
        signal?.throwIfAborted();
        const bytes = held.get(file.path);
        if (bytes === undefined) {
          throw dataError(
            `${dataset.name}: ${file.path} was not given; it comes from ${dataset.origin}`,
          );
        }
        const remedy = `give the file that comes from ${dataset.origin}`;
        files.set(file.path, await verified(dataset.name, file, bytes, remedy));
      }
      return files;
    },
  };
}
