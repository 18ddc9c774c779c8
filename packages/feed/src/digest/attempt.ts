import { FeedError } from "../feed-error.ts";
import { enhancedStatus } from "../mail/enhanced-status.ts";
import type { Mail, Mailer } from "../mail/mail.ts";
import { MailRefused } from "../mail/mail.ts";
import type { Bounce } from "../mail/record-bounce.ts";
import { type ClaimedSend, type Outcome, retryAt } from "./send.ts";

export interface Attempted {
  readonly outcome: Outcome;
  readonly bounce: Bounce | null;
  /** The server refused or did not answer us, whatever the recipient. */
  readonly ourFault: boolean;
}

/** Hands one mail over and says what that means for its send. */
export async function attempt(
  mailer: Mailer,
  send: ClaimedSend,
  mail: Mail,
  clock: () => Date,
): Promise<Attempted> {
  try {
    const { response } = await mailer.send(mail);
    return { outcome: { state: "sent", response }, bounce: null, ourFault: false };
  } catch (error) {
    if (error instanceof MailRefused) return whatNow(error, send, clock());
    const response = `not handed over: ${(error as Error).message}`;
    if (error instanceof FeedError) {
      return { outcome: { state: "failed", response }, bounce: null, ourFault: false };
    }
    return whatNow(new MailRefused(response, { responseCode: null, by: "sender" }), send, clock());
  }
}

function whatNow(refusal: MailRefused, send: ClaimedSend, now: Date): Attempted {
  const { by, responseCode, message: response } = refusal;
  const at = retryAt(send, now);
  if (by === "unknown") {
    return { outcome: { state: "unknown", response, at }, bounce: null, ourFault: false };
  }
  const later: Outcome = at
    ? { state: "later", response, at }
    : { state: "failed", response: `given up after 24 hours: ${response}` };
  if (by === "sender") return { outcome: later, bounce: null, ourFault: true };
  const status = enhancedStatus(response);
  if (responseCode !== null && responseCode >= 500) {
    const bounce: Bounce = { kind: "hard", status, detail: response.slice(0, 500) };
    return { outcome: { state: "failed", response }, bounce, ourFault: false };
  }
  return { outcome: later, bounce: null, ourFault: false };
}
