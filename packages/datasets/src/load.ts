import { typeError } from "@daily-kernel/compute";
import type { DataSource, Dataset, LoadOptions } from "./dataset.ts";

/**
 * Reads a data set from a source and decodes it. The result belongs to the caller.
 *
 * @throws TypeError `ERR_TYPE` where `dataset` or `source` is something else.
 * @throws Error `ERR_DATA` where a file is missing or damaged; it says how to obtain it.
 * @throws the signal's reason once the signal is aborted.
 */
export async function load<T>(
  dataset: Dataset<T>,
  source: DataSource,
  options: LoadOptions = {},
): Promise<T> {
  if (typeof dataset?.parse !== "function" || !Array.isArray(dataset.files)) {
    throw typeError(`load: dataset must be a Dataset, got ${describe(dataset)}`);
  }
  if (typeof source?.read !== "function") {
    throw typeError(`load: source must be a DataSource, got ${describe(source)}`);
  }
  options.signal?.throwIfAborted();
  const files = await source.read(dataset, options);
  options.signal?.throwIfAborted();
  const value = await dataset.parse(files, options.signal);
  options.signal?.throwIfAborted();
  return value;
}

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : typeof value;
}
