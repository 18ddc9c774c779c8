import { checkBase, checkCount, checkMoment } from "../check.ts";
import type { Db } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Mailer } from "../mail/mail.ts";
import { returnPath } from "../mail/return-path.ts";
import { signId } from "../subscriptions/signed-id.ts";
import { mailSecret } from "../subscriptions/subscriber.ts";
import { attempt } from "./attempt.ts";
import { claimAgain, lease, settleUnknown } from "./claim-again.ts";
import { claimNew, windowKey } from "./claim-new.ts";
import { addressDigest } from "./compose-digest.ts";
import { type ComposedIssue, composeIssue } from "./compose-issue.ts";
import { issuePapers } from "./issue-papers.ts";
import type { ClaimedSend } from "./send.ts";
import { Settlement } from "./settlement.ts";

export interface DigestOptions {
  readonly now: Date;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** `Daily Kernel` if absent. */
  readonly siteName?: string;
  /** Ends the run after the mails under way; what was claimed and not begun is released. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (report: DigestReport) => void;
  /** How many sends are claimed together, 50 if absent. */
  readonly batch?: number;
}

/** What a run did, in sends. */
export interface DigestReport {
  sent: number;
  /** Refused for good. */
  failed: number;
  /** Put off by the server, or never begun: due again later. */
  later: number;
  /** The connection broke after the content: accepted or not, nobody knows. */
  unknown: number;
  /** Attempts at sends of which nobody knew whether they were accepted before. */
  resent: number;
  /** Issues without papers: no mail. */
  empty: number;
  /** Subscriptions suspended by a bounce. */
  suspended: number;
  /** Why the run ended early; null if it did not. */
  stopped: string | null;
}

/** So many sends in a row that the server took no notice of: it is the server, not the recipients. */
const patience = 10;

/**
 * Sends the issues that are due: claims them in the database, hands them to the mailer, writes down
 * how that ended. May run in several processes at once, may be killed at any moment: every mail is
 * accepted at least once, and again only where the end came between the server's 250 and our commit,
 * under the same Message-ID.
 * @throws FeedError `ERR_INPUT`
 */
export async function runDigest(
  db: Db,
  mailer: Mailer,
  options: DigestOptions,
): Promise<DigestReport> {
  const { now, signal, onProgress, batch = 50 } = options;
  checkMoment("runDigest: now", now);
  checkCount("runDigest: batch", batch, 1);
  checkBase("runDigest: baseUrl", options.baseUrl);
  const started = performance.now();
  const clock = () => new Date(now.getTime() + performance.now() - started);
  const report: DigestReport = {
    sent: 0,
    failed: 0,
    later: 0,
    unknown: 0,
    resent: 0,
    empty: 0,
    suspended: 0,
    stopped: null,
  };
  await settleUnknown(db, { now });
  const run = new Run(db, mailer, options, await mailSecret(db), clock, report);
  const claim = (): Promise<Batch> =>
    claimBatch(db, { now: clock(), limit: batch, domain: mailer.domain });
  let next: Promise<Batch> | null = claim();
  while (next !== null) {
    const claimedAt = clock();
    const { sends, resent, empty, seen }: Batch = await next;
    report.resent += resent;
    report.empty += empty;
    // While these go out, the ones after them are claimed.
    next = seen === 0 || report.stopped !== null || signal?.aborted ? null : claim();
    next?.catch(() => {});
    await run.send(sends, claimedAt);
    onProgress?.({ ...report });
  }
  if (signal?.aborted) report.stopped ??= "asked to stop";
  return report;
}

interface Batch {
  readonly sends: readonly ClaimedSend[];
  readonly resent: number;
  readonly empty: number;
  /** How many rows were due, with a mail or without; none is the end. */
  readonly seen: number;
}

/** Claims up to `limit` sends, those that wait for another attempt first. */
const claimBatch = (
  db: Db,
  options: { now: Date; limit: number; domain: string },
): Promise<Batch> =>
  inTransaction(db, async (trx) => {
    const again = await claimAgain(trx, options);
    const limit = options.limit - again.sends.length;
    const fresh =
      limit > 0 ? await claimNew(trx, { ...options, limit }) : { sends: [], empty: 0, seen: 0 };
    return {
      sends: [...again.sends, ...fresh.sends],
      resent: again.resent,
      empty: fresh.empty,
      seen: again.sends.length + fresh.seen,
    };
  });

/** One run's sending: issues composed once, as many mails at a time as the mailer has use for. */
class Run {
  readonly #db: Db;
  readonly #mailer: Mailer;
  readonly #options: DigestOptions;
  readonly #secret: Uint8Array;
  readonly #clock: () => Date;
  readonly #report: DigestReport;
  readonly #settlement: Settlement;
  readonly #issues = new Map<string, Promise<ComposedIssue | null>>();
  #refusedInARow = 0;

  constructor(
    db: Db,
    mailer: Mailer,
    options: DigestOptions,
    secret: Uint8Array,
    clock: () => Date,
    report: DigestReport,
  ) {
    this.#db = db;
    this.#mailer = mailer;
    this.#options = options;
    this.#secret = secret;
    this.#clock = clock;
    this.#report = report;
    this.#settlement = new Settlement(db, clock);
  }

  async send(sends: readonly ClaimedSend[], claimedAt: Date): Promise<void> {
    const queue = sends.values();
    const lane = async () => {
      for (const send of queue) await this.#sendOne(send, claimedAt);
    };
    const lanes = Array.from({ length: this.#mailer.connections * 2 }, lane);
    const failed = (await Promise.allSettled(lanes)).find(({ status }) => status === "rejected");
    if (failed) throw (failed as PromiseRejectedResult).reason;
  }

  async #sendOne(send: ClaimedSend, claimedAt: Date): Promise<void> {
    const report = this.#report;
    const idle = this.#reasonNotToBegin(claimedAt);
    if (idle !== null) {
      report.later++;
      const at = report.stopped ? new Date(this.#clock().getTime() + lease / 2) : this.#clock();
      await this.#settlement.settle(send, { state: "released", response: idle, at });
      return;
    }
    const issue = await this.#issueOf(send);
    if (issue === null) {
      report.failed++;
      const response = "its papers were withdrawn";
      await this.#settlement.settle(send, { state: "failed", response });
      return;
    }
    const mail = this.#address(issue, send);
    const { outcome, bounce, ourFault } = await attempt(this.#mailer, send, mail, this.#clock);
    this.#refusedInARow = ourFault ? this.#refusedInARow + 1 : 0;
    if (this.#refusedInARow >= patience) {
      report.stopped = `the mail server takes nothing: ${outcome.response}`;
    }
    const { suspended } = await this.#settlement.settle(send, outcome, bounce);
    if (outcome.state !== "released") report[outcome.state]++;
    if (suspended) report.suspended++;
  }

  /** Null if a mail may begin: not after a stop, and not when the claim could run out under way. */
  #reasonNotToBegin(claimedAt: Date): string | null {
    if (this.#options.signal?.aborted) return "the run was asked to stop";
    if (this.#report.stopped !== null) return this.#report.stopped;
    const age = this.#clock().getTime() - claimedAt.getTime();
    return age > lease / 2 ? "its turn did not come in time" : null;
  }

  #issueOf(send: ClaimedSend): Promise<ComposedIssue | null> {
    const key = `${send.kind} ${send.day} ${windowKey(send.window)}`;
    let issue = this.#issues.get(key);
    if (!issue) {
      issue = this.#compose(send);
      this.#issues.set(key, issue);
    }
    return issue;
  }

  async #compose({ window, kind, day }: ClaimedSend): Promise<ComposedIssue | null> {
    const { papers, total } = await issuePapers(this.#db, window, kind);
    if (papers.length === 0) return null;
    const { baseUrl, siteName } = this.#options;
    return composeIssue({ kind, day, papers, total, baseUrl, ...(siteName && { siteName }) });
  }

  #address(issue: ComposedIssue, send: ClaimedSend) {
    const { kind, day, email, messageId, subscriberId } = send;
    const { baseUrl, siteName } = this.#options;
    const { domain } = this.#mailer;
    const token = signId(this.#secret, "subscription", subscriberId);
    const digest = addressDigest(issue, {
      kind,
      day,
      baseUrl,
      domain,
      reader: { token },
      ...(siteName && { siteName }),
    });
    const path = returnPath(this.#secret, subscriberId, domain);
    return { ...digest, to: email, messageId, returnPath: path, date: send.window.to };
  }
}
