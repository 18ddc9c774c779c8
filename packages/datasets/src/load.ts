import { checkDataset, checkOptions, checkSource, expected } from "./check.ts";
import type { DataSource, Dataset, LoadOptions } from "./dataset.ts";

/**
 * Reads a data set from a source and decodes it. The result belongs to the caller.
 *
 * @throws TypeError `ERR_TYPE` where an argument is something else.
 * @throws Error `ERR_DATA` where a file is missing or damaged; it says how to obtain it.
 * @throws the signal's reason once the signal is aborted.
 */
export async function load<T>(
  dataset: Dataset<T>,
  source: DataSource,
  options: LoadOptions = {},
): Promise<T> {
  checkDataset("load", dataset);
  if (typeof dataset.parse !== "function")
    throw expected("load: parse", "a function", dataset.parse);
  checkSource("load", source);
  checkOptions("load", options);
  options.signal?.throwIfAborted();
  const files = await source.read(dataset, options);
  options.signal?.throwIfAborted();
  const value = await dataset.parse(files, options.signal);
  options.signal?.throwIfAborted();
  return value;
}
