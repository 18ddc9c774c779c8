import type { Window } from "./issue-papers.ts";
import type { SendKey } from "./message-id.ts";

/** A send that this process has claimed, and nobody else has. */
export interface ClaimedSend extends SendKey {
  readonly email: string;
  readonly window: Window;
  readonly messageId: string;
  /** Which attempt this is, from 1; settles only what was not claimed anew since. */
  readonly attempts: number;
  /** When it was claimed for the first time. */
  readonly since: Date;
}

/** How an attempt ended. */
export type Outcome =
  | { readonly state: "sent"; readonly response: string }
  | { readonly state: "failed"; readonly response: string }
  /** To be tried again at that moment; null, never. */
  | { readonly state: "later"; readonly response: string; readonly at: Date }
  | { readonly state: "unknown"; readonly response: string; readonly at: Date | null }
  /** It was not begun: as if it had not been claimed. */
  | { readonly state: "released"; readonly response: string; readonly at: Date };

const minute = 60_000;
const mostWaiting = 24 * 60 * minute;

/**
 * When to try a send again: in 5 minutes after the first attempt, then in twice as long each time;
 * null once that would be more than 24 hours after it was first claimed.
 */
export function retryAt({ attempts, since }: Retried, now: Date): Date | null {
  const at = now.getTime() + 5 * minute * 2 ** (attempts - 1);
  return at > since.getTime() + mostWaiting ? null : new Date(at);
}

type Retried = Pick<ClaimedSend, "attempts" | "since">;
