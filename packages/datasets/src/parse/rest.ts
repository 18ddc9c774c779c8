/** Ends the task, so that a page's clicks and an abort get their turn; throws once aborted. */
export async function rest(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal?.throwIfAborted();
}
