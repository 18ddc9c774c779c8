/** Modules in work at a time. */
const WORKERS = 2;
let busy = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when one of the two workers is free, in the order of the calls. */
export async function turn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (busy >= WORKERS) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy++;
  try {
    signal?.throwIfAborted();
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }
}
