import type { Answer, Envelope } from "./messages.ts";
import type { Guest } from "./remote-session.ts";

/** A browser's worker that serves a candidate. */
export function workerGuest(worker: Worker): Guest {
  const guest: Guest = {
    post: (envelope) => worker.postMessage(envelope),
    onAnswer: () => {},
    onEnd: () => {},
    hold: () => {},
    log: () => "",
    kill: async () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<Envelope<Answer>>) => guest.onAnswer(data);
  worker.onerror = ({ message }) =>
    guest.onEnd({ kind: "exited", detail: message || "the worker could not start" });
  return guest;
}
