import { checkPoolOptions, type PoolOptions } from "@daily-kernel/compute";

/** One operation, at once or, given options with a pool, as a promise. */
type Step<T> = (options?: PoolOptions) => T | Promise<T>;

/** An algorithm as a series of such operations, written once for both ways of running it. */
export type Steps<T> = Generator<Step<unknown>, T, unknown>;

/** Runs one operation within `Steps`: `const l = yield* step((o) => ...)`. */
export function* step<T>(run: Step<T>): Steps<T> {
  return (yield run) as T;
}

/** Runs the steps at once, or on the pool of the options, if they have one, as a promise. */
export function perform<T>(
  fn: string,
  options: Partial<PoolOptions> | undefined,
  steps: () => Steps<T>,
): T | Promise<T> {
  const { pool, signal } = options ?? {};
  if (pool !== undefined) {
    return (async () => {
      checkPoolOptions(fn, options);
      return await onPool(steps(), { pool, signal });
    })();
  }
  checkPoolOptions(fn, options);
  const run = steps();
  let { done, value } = run.next();
  while (!done) {
    let result: unknown;
    let failure: { error: unknown } | undefined;
    try {
      result = (value as Step<unknown>)();
    } catch (error) {
      failure = { error };
    }
    ({ done, value } = failure ? run.throw(failure.error) : run.next(result));
  }
  return value as T;
}

async function onPool<T>(run: Steps<T>, options: PoolOptions): Promise<T> {
  let { done, value } = run.next();
  while (!done) {
    let result: unknown;
    let failure: { error: unknown } | undefined;
    try {
      options.signal?.throwIfAborted();
      result = await (value as Step<unknown>)(options);
    } catch (error) {
      failure = { error };
    }
    ({ done, value } = failure ? run.throw(failure.error) : run.next(result));
  }
  return value as T;
}
