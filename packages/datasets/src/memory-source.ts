import { dataError } from "@daily-kernel/compute";
import { checkDataset, checkOptions, expected } from "./check.ts";
import type { DataSource } from "./dataset.ts";
import { verified } from "./sha256.ts";

/** Reads files that the caller already holds, by `DataFile.path`; each is checked like any other. */
export function memorySource(held: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): DataSource {
  if (typeof held?.get !== "function") throw expected("memorySource: files", "a Map", held);
  return {
    async read(dataset, options = {}) {
      checkDataset("memorySource.read", dataset);
      checkOptions("memorySource.read", options);
      const files = new Map<string, Uint8Array>();
      for (const file of dataset.files) {
        options.signal?.throwIfAborted();
        const bytes = held.get(file.path);
        if (bytes === undefined) {
          throw dataError(
            `${dataset.name}: ${file.path} was not given; it comes from ${dataset.origin}`,
          );
        }
        if (!(bytes instanceof Uint8Array)) {
          throw expected(`memorySource: ${file.path}`, "a Uint8Array", bytes);
        }
        const remedy = `give the file that comes from ${dataset.origin}`;
        files.set(file.path, await verified(dataset.name, file, bytes, remedy));
      }
      return files;
    },
  };
}
