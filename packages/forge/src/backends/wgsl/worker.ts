import type { Ask, Envelope } from "./messages.ts";
import { serveKernel } from "./serve.ts";

/** The program of a browser's worker that serves `webWgslBackend`: call it once, at its start. */
export function serveInWorker(): void {
  const take = serveKernel(
    async () => globalThis.navigator?.gpu,
    (envelope) => globalThis.postMessage(envelope),
  );
  globalThis.onmessage = ({ data }: MessageEvent<Envelope<Ask>>) => void take(data);
}
