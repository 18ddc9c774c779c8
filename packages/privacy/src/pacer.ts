/**
 * `await rest(work)` between pieces of work: once in `budget` units it ends the task, so that clicks and
 * an abort get their turn, and throws the signal's reason once aborted.
 */
export function pacer(
  signal: AbortSignal | undefined,
  budget: number,
): (work: number) => Promise<void> | undefined {
  signal?.throwIfAborted();
  let done = 0;
  return (work) => {
    done += work;
    if (done < budget) return;
    done = 0;
    return new Promise<void>((resolve) => setTimeout(resolve)).then(() => signal?.throwIfAborted());
  };
}
