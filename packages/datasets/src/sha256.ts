import { dataError, unsupportedError } from "@daily-kernel/compute";
import type { DataFile } from "./dataset.ts";

/** SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw unsupportedError(
      "sha256: this page has no crypto.subtle; open it over https or on localhost",
    );
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** The one-line error for a file whose bytes are not the expected ones. */
export function damaged(dataset: string, file: DataFile, actual: string, remedy: string) {
  return dataError(
    `${dataset}: ${file.path} is damaged: expected SHA-256 ${file.sha256}, got ${actual}; ${remedy}`,
  );
}

/** Returns `bytes` if they are the file's; throws `ERR_DATA` with both hashes if not. */
export async function verified(
  dataset: string,
  file: DataFile,
  bytes: Uint8Array<ArrayBuffer>,
  remedy: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const actual = await sha256(bytes);
  if (actual !== file.sha256) throw damaged(dataset, file, actual, remedy);
  return bytes;
}
