import { typeError } from "@daily-kernel/compute";
import type { DataSource, Dataset, LoadOptions } from "./dataset.ts";

/** The `TypeError` `ERR_TYPE` for an argument of the wrong kind: `load: source must be a DataSource, got null`. */
export function expected(where: string, kind: string, value: unknown): TypeError {
  return typeError(`${where} must be ${kind}, got ${described(value)}`);
}

export function checkDataset(where: string, value: Dataset<unknown>): void {
  const ok = Array.isArray(value?.files) && typeof value.licence === "object";
  if (!ok) throw expected(`${where}: dataset`, "a Dataset", value);
}

export function checkSource(where: string, value: DataSource): void {
  if (typeof value?.read !== "function") throw expected(`${where}: source`, "a DataSource", value);
}

export function checkOptions(where: string, value: LoadOptions): void {
  if (typeof value !== "object" || value === null) {
    throw expected(`${where}: options`, "an object", value);
  }
  const { signal, onProgress } = value;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw expected(`${where}: signal`, "an AbortSignal", signal);
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw expected(`${where}: onProgress`, "a function", onProgress);
  }
}

function described(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return value === null ? "null" : typeof value;
}
