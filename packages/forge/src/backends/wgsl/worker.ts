import type { Ask, Envelope } from "../remote/messages.ts";
import { serveCandidate } from "../remote/serve.ts";
import { makeWgsl } from "./serve-wgsl.ts";

/** The program of a browser's worker that serves `webWgslBackend`: call it once, at its start. */
export function serveWgsl(): void {
  const take = serveCandidate(
    (candidate, memory) => makeWgsl(globalThis.navigator?.gpu, candidate, memory),
    (envelope) => globalThis.postMessage(envelope),
  );
  globalThis.onmessage = ({ data }: MessageEvent<Envelope<Ask>>) => void take(data);
}
