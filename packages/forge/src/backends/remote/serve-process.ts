import type { Ask, Envelope } from "./messages.ts";
import { type Make, serveCandidate } from "./serve.ts";

/** The program of a child process that `processGuest` starts. */
export function serveFromProcess(make: Make): void {
  // The parent is gone: nobody waits for a result, and a driver at work would delay an exit.
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  const take = serveCandidate(make, (envelope) => process.send!(envelope));
  process.on("message", (envelope: Envelope<Ask>) => void take(envelope));
}
