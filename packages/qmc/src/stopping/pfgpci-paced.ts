/** Milliseconds of work between two pauses that let the event loop run. */
const PATIENCE = 40;

/** Does from..to in blocks, pausing now and then. @throws the signal's reason on abort. */
export async function paced(
  from: number,
  to: number,
  block: number,
  signal: AbortSignal | undefined,
  work: (from: number, to: number) => void,
): Promise<void> {
  let pause = performance.now() + PATIENCE;
  for (let at = from; at < to; at += block) {
    signal?.throwIfAborted();
    work(at, Math.min(to, at + block));
    if (performance.now() > pause) {
      await new Promise<void>((resume) => setTimeout(resume));
      pause = performance.now() + PATIENCE;
    }
  }
  signal?.throwIfAborted();
}
