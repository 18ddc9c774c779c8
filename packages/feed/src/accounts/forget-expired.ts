import type { Db } from "../database/open.ts";
import { sessionDays } from "./session.ts";

const day = 86_400_000;

/**
 * Removes one-time tokens and sessions that nobody can use any more; how many. They hold mail
 * addresses and networks, so a service calls this once a day or more often.
 */
export async function forgetExpired(
  db: Db,
  { now }: { now: Date },
): Promise<{ tokens: number; sessions: number }> {
  const tokens = await db
    .deleteFrom("login_tokens")
    .where((either) =>
      either.or([either("expires_at", "<=", now), either("used_at", "is not", null)]),
    )
    .returning("hash")
    .execute();
  const idle = new Date(now.getTime() - sessionDays.idle * day);
  const sessions = await db
    .deleteFrom("sessions")
    .where((either) => either.or([either("expires_at", "<=", now), either("seen_at", "<=", idle)]))
    .returning("hash")
    .execute();
  return { tokens: tokens.length, sessions: sessions.length };
}
