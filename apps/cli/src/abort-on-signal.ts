/** Aborts on Ctrl-C or SIGTERM until it is released; a second one ends the process at once. */
export function abortOnSignal(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const names = ["SIGINT", "SIGTERM"] as const;
  const abort = () => controller.abort(new DOMException("cancelled", "AbortError"));
  for (const name of names) process.once(name, abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, abort);
    },
  };
}
