/** Aborts on Ctrl-C or SIGTERM; a second one ends the process at once. */
export function abortOnSignal(): AbortController {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => controller.abort(new DOMException("cancelled", "AbortError")));
  return controller;
}
