import type { TestContext } from "node:test";
import type { Dataset } from "../dataset.ts";
import { load } from "../load.ts";
import { nodeSource } from "../node/node-source.ts";

/** A larger tarball is used if it is in the cache, and not fetched for a test. */
const largestFetch = 12e6;

const source = nodeSource({ env: { ...process.env, npm_config_fetch_retries: "0" } });

/**
 * Loads real data for a test, or skips the test with the reason: no data folder, no network, or
 * a tarball that is too large to fetch for a test. Damaged data fails the test.
 */
export async function realData<T>(t: TestContext, dataset: Dataset<T>): Promise<T | undefined> {
  const status = (await source.list()).find((s) => s.dataset === dataset);
  const from = dataset.files[0]?.from;
  const tarball = from !== undefined && "npm" in from ? from.npm.bytes : 0;
  if (status?.state === "missing" || (status?.state !== "available" && tarball > largestFetch)) {
    t.skip(`${dataset.name} is not here: ${status?.how}`);
    return undefined;
  }
  try {
    return await load(dataset, source, { signal: t.signal });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("npm could not get")) throw error;
    t.skip(error.message);
    return undefined;
  }
}
