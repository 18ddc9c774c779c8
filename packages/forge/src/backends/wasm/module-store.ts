import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, makeWhole } from "../native/cache.ts";
import type { Making } from "../remote/remote-backend.ts";

const fileOf = (hash: string) => join(cacheFolder("wasm"), `${hash}.wasm`);

/** Compiled modules in the user's cache. */
export const moduleStore: NonNullable<Making["store"]> = {
  read(hash) {
    const file = fileOf(hash);
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
  },
  write(hash, made) {
    void makeWhole(fileOf(hash), async (temporary) => writeFileSync(temporary, made));
  },
};
