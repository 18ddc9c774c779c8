import { voteAging } from "../trending/formulas.ts";
import { ipPrefix } from "./address.ts";
import { isPublicAddress } from "./public-address.ts";
import type { RateLimiter, Taken } from "./rate-limiter.ts";

/**
 * Whether this vote may be cast now. Three things stand against stuffing: an account has one vote a
 * paper, a young account's vote warms the paper less (`voteWeight`), and here, beside a limit on
 * haste, accounts of less than a week get only so many votes for one paper from one network in a
 * day, however many of them there are. A network of our own (loopback, private) is not counted: it
 * is a proxy or a laboratory, not somebody.
 */
export function takeVote(
  limiter: Pick<RateLimiter<"votes" | "young-votes">, "take">,
  vote: {
    readonly account: { readonly id: string; readonly createdAt: Date };
    readonly paperId: string;
    readonly address: string;
    readonly now: Date;
  },
): Taken {
  const { account, paperId, address, now } = vote;
  const haste = limiter.take("votes", account.id, now);
  const age = now.getTime() - account.createdAt.getTime();
  const young = age < voteAging.days * 86_400_000 && isPublicAddress(address);
  if (!haste.allowed || !young) return haste;
  const crowd = limiter.take("young-votes", `${ipPrefix(address)} ${paperId}`, now);
  return crowd.allowed ? haste : crowd;
}
