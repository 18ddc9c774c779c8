import type { DataFile, Dataset } from "../dataset.ts";
import { type Places, placeInDataFolder } from "./places.ts";

/**
 * One sentence that says how to obtain files that are not on this machine. Files to be put
 * somewhere by hand come first, since no command helps with them.
 */
export function howToObtain(
  dataset: Dataset<unknown>,
  absent: readonly DataFile[],
  places: Places,
): string {
  const manual = absent.filter((file) => !("npm" in file.from));
  return manual.length > 0 ? byHand(dataset, manual, places) : byCommand(dataset, absent);
}

function byHand(dataset: Dataset<unknown>, files: readonly DataFile[], { dataDir }: Places) {
  const folder = dataDir ?? "a folder that the variable DAILY_KERNEL_DATA names";
  const urls = files.flatMap(({ from }) => ("download" in from ? [from.download] : []));
  const verb = urls.length > 0 ? `download ${urls.join(", ")} and put` : "put";
  const names = files.map((file) => placeInDataFolder(dataset, file)).join(", ");
  return `${verb} ${names} in ${folder} (origin: ${dataset.origin}; each is checked by its SHA-256)`;
}

function byCommand(dataset: Dataset<unknown>, files: readonly DataFile[]) {
  const tarballs = new Map(
    files.flatMap(({ from }) => ("npm" in from ? [[from.npm.integrity, from.npm] as const] : [])),
  );
  const list = [...tarballs.values()].map((npm) => {
    return `${npm.package}@${npm.version}, ${(npm.bytes / 1e6).toFixed(1)} MB`;
  });
  return `run "daily-kernel data get ${dataset.name}" (npm tarball ${list.join("; ")})`;
}
