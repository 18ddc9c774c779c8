import type { Ask, Envelope } from "../remote/messages.ts";
import { serveCandidate } from "../remote/serve.ts";
import { makeWasm } from "./serve-wasm.ts";

/** The program of a browser's worker that serves `webWasmBackend`: call it once, at its start. */
export function serveWasm(): void {
  const take = serveCandidate(makeWasm, (envelope) => globalThis.postMessage(envelope));
  globalThis.onmessage = ({ data }: MessageEvent<Envelope<Ask>>) => void take(data);
}
