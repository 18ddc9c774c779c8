import { checkRunOptions, checkType } from "./checks.ts";
import { unsupportedError } from "./errors.ts";
import { type RunOptions, ThreadPool } from "./thread-pool.ts";

/**
 * How an operation runs: on a pool (and then asynchronously), cancellable. `onProgress(done, total)`
 * counts in a unit of the operation's own and ends with done = total.
 */
export interface PoolOptions extends RunOptions {
  pool: ThreadPool;
}

/**
 * Checks at the door what an operation with an optional pool was given as its options: undefined,
 * or an object whose `pool`, `signal` and `onProgress`, where there are any, are a ThreadPool, an
 * AbortSignal and a function. `fn` begins the message.
 *
 * @throws TypeError `ERR_TYPE` for anything else.
 * @throws Error `ERR_UNSUPPORTED` for a pool that has been disposed of.
 */
export function checkPoolOptions(fn: string, options: unknown): void {
  if (options === undefined) return;
  checkRunOptions(fn, options);
  const { pool } = options as { pool?: unknown };
  if (pool === undefined) return;
  checkType(pool instanceof ThreadPool, fn, "options.pool", "a ThreadPool", pool);
  if (pool.threads === 0) {
    throw unsupportedError(`${fn}: options.pool has been disposed of`);
  }
}
