import { dataError } from "@daily-kernel/compute";
import type { FileBytes } from "../dataset.ts";

/** The bytes of one file; a set that asks for a file which it does not list is a mistake of ours. */
export function bytesOf(files: FileBytes, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw dataError(`parse: ${path} is not among the given files`);
  return bytes;
}

/** The file as UTF-8 text. */
export function textOf(files: FileBytes, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(files, path));
  } catch (error) {
    if (error instanceof TypeError) throw dataError(`${path}: not UTF-8 text`);
    throw error;
  }
}
