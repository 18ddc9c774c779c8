import type { Db } from "../database/open.ts";
import { unsubscribe } from "../subscriptions/manage-subscription.ts";
import { readSignedId } from "../subscriptions/signed-id.ts";
import { mailSecret } from "../subscriptions/subscriber.ts";
import { readBounce } from "./bounce-report.ts";
import { recordBounce } from "./record-bounce.ts";
import { readReturnPath } from "./return-path.ts";
import { unsubscribeToken } from "./unsubscribe-address.ts";

export interface ReceivedMail {
  /** The envelope's recipient. */
  readonly recipient: string;
  readonly raw: Uint8Array;
  readonly now: Date;
}

/** What a received mail did. */
export type Received =
  | { readonly did: "unsubscribed" | "suspended" | "noted"; readonly subscriberId: string }
  | { readonly did: "nothing" };

/**
 * Takes in a mail for the bounce domain: a bounce at a return path, an abuse report, or a `mailto:`
 * unsubscription. Whose mail it was is told by an address or a link that this service signed, in the
 * recipient or in the mail that came back; what nobody signed changes nothing.
 */
export async function receiveMail(
  db: Db,
  { recipient, raw, now }: ReceivedMail,
): Promise<Received> {
  const secret = await mailSecret(db);
  const token = unsubscribeToken(recipient);
  if (token !== null) {
    if (readSignedId(secret, "subscription", token) === null) return { did: "nothing" };
    const { id } = await unsubscribe(db, { token, now });
    return { did: "unsubscribed", subscriberId: id };
  }
  const report = await readBounce(raw);
  if (!report) return { did: "nothing" };
  const subscriberId = readReturnPath(secret, recipient) ?? signedIn(secret, report.original);
  if (subscriberId === null) return { did: "nothing" };
  const suspended = await recordBounce(db, subscriberId, report, now);
  return { did: suspended ? "suspended" : "noted", subscriberId };
}

/** The subscriber whose unsubscribe link the returned headers carry. */
function signedIn(secret: Uint8Array, headers: string): string | null {
  const links = headers.replace(/\r?\n[ \t]+/g, " ").matchAll(/\/u\/([0-9a-f]{56})\b/gi);
  for (const [, token] of links) {
    const id = readSignedId(secret, "subscription", token!);
    if (id !== null) return id;
  }
  return null;
}
