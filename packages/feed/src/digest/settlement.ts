import { sql } from "kysely";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { type Bounce, recordBounce } from "../mail/record-bounce.ts";
import type { ClaimedSend, Outcome } from "./send.ts";

interface Settling {
  readonly send: ClaimedSend;
  readonly outcome: Outcome;
  readonly bounce: Bounce | null;
  readonly done: PromiseWithResolvers<{ suspended: boolean }>;
}

/**
 * Writes down how sends ended. What comes in while a transaction is under way goes into the next one
 * together, so that waiting for the disk does not hold up the mails.
 */
export class Settlement {
  readonly #db: Db;
  readonly #clock: () => Date;
  #waiting: Settling[] = [];
  #writing: Promise<void> | null = null;

  constructor(db: Db, clock: () => Date) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Resolves once it is committed. */
  settle(
    send: ClaimedSend,
    outcome: Outcome,
    bounce: Bounce | null = null,
  ): Promise<{ suspended: boolean }> {
    const done = Promise.withResolvers<{ suspended: boolean }>();
    this.#waiting.push({ send, outcome, bounce, done });
    this.#writing ??= this.#write();
    return done.promise;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        // One statement needs no transaction of its own: two exchanges with the database less.
        const suspended = batch.some(({ bounce }) => bounce !== null)
          ? await inTransaction(this.#db, (trx) => this.#commit(trx, batch))
          : await this.#commit(this.#db, batch);
        for (const { send, done } of batch) {
          done.resolve({ suspended: suspended.has(send.subscriberId) });
        }
      } catch (error) {
        for (const { done } of batch) done.reject(error);
      }
    }
    this.#writing = null;
  }

  async #commit(trx: Db, batch: readonly Settling[]): Promise<Set<string>> {
    const now = this.#clock();
    const rows = batch.map(({ send, outcome }) => ({
      id: send.subscriberId,
      day: send.day,
      kind: send.kind,
      attempts: send.attempts,
      state: outcome.state === "later" || outcome.state === "released" ? "claimed" : outcome.state,
      at: "at" in outcome ? outcome.at : null,
      begun: outcome.state !== "released",
      settled: outcome.state === "sent" || outcome.state === "failed",
      response: outcome.response.slice(0, 500).toWellFormed().replaceAll("\0", ""),
    }));
    // A send that somebody claimed anew, since our lease ran out, has another number of attempts.
    await sql`
      update digest_sends s set state = v.state, next_attempt_at = v.at, response = v.response,
        attempts = case when v.begun then s.attempts else s.attempts - 1 end,
        settled_at = case when v.settled then ${now}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id text, day date, kind text,
        attempts integer, state text, at timestamptz, begun boolean, settled boolean, response text)
      where s.subscriber_id = v.id and s.issue_date = v.day and s.kind = v.kind
        and s.attempts = v.attempts and s.state in ('claimed', 'unknown')`.execute(trx);
    const suspended = new Set<string>();
    for (const { send, bounce } of batch) {
      if (bounce && (await recordBounce(trx, send.subscriberId, bounce, now))) {
        suspended.add(send.subscriberId);
      }
    }
    return suspended;
  }
}
