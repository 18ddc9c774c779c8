import type { ColumnType, Generated, JSONColumnType } from "kysely";

/**
 * The rows of the database, as the queries see them. Days are `YYYY-MM-DD` strings, moments are
 * `Date`s, identifiers of our own are 24 hexadecimal digits (`newId`). Everything that belongs to a
 * paper has `paper_id` in its primary key: that is the distribution key when one machine is not
 * enough.
 */
export interface Tables {
  papers: PaperTable;
  feed_counts: FeedCountTable;
  paper_versions: PaperVersionTable;
  author_claims: AuthorClaimTable;
  claim_states: ClaimStateTable;
  records: RecordTable;
  vectors: VectorTable;
  votes: VoteTable;
  comments: CommentTable;
  comment_edits: CommentEditTable;
  comment_reports: CommentReportTable;
  accounts: AccountTable;
  passkeys: PasskeyTable;
  sessions: SessionTable;
  login_tokens: LoginTokenTable;
  api_tokens: ApiTokenTable;
  subscribers: SubscriberTable;
  digest_sends: DigestSendTable;
  bounces: BounceTable;
  runs: RunTable;
  kernels: KernelTable;
  sweeps: SweepTable;
  sweep_cells: SweepCellTable;
  sweep_events: SweepEventTable;
  sweep_workers: SweepWorkerTable;
  harvests: HarvestTable;
  audit_log: AuditTable;
  secrets: SecretTable;
}

export type Verdict = "holds" | "fails" | "inconclusive" | "not-measured";

/** One cell of the claim strip. */
export interface ClaimCell {
  readonly verdict: Verdict;
  readonly scale: string;
  readonly stale: boolean;
}

/** A paper's author as the feed shows it; `id` is ours, 24 hexadecimal digits. */
export interface Author {
  readonly id: string;
  readonly name: string;
}

type Moment = Date;
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;
type Json<T extends object> = JSONColumnType<T>;
type DefaultedJson<T extends object> = ColumnType<T, string | undefined, string>;

export interface PaperTable {
  /** Canonical arXiv id without version: `2409.08729`, `hep-th/9901001`. */
  id: string;
  /** What the Hugging Face contract calls `_id` and `discussionId`. */
  object_id: string;
  /** The room's slug, where the paper runs. */
  slug: Optional<string>;
  title: string;
  abstract: string;
  /** Our own summary, where there is one. */
  summary: Optional<string>;
  authors: Json<Author[]>;
  author_count: number;
  primary_category: Optional<string>;
  categories: Defaulted<string[]>;
  topics: Defaulted<string[]>;
  /** Language of the title (BCP 47). */
  language: Defaulted<string>;
  comment: Optional<string>;
  doi: Optional<string>;
  journal_ref: Optional<string>;
  licence: Optional<string>;
  project_page: Optional<string>;
  github_repo: Optional<string>;
  github_stars: Optional<number>;
  thumbnail: Optional<string>;
  media_urls: Defaulted<string[]>;
  /** When version 1 came to arXiv, and when the latest version did. */
  published_at: Moment;
  updated_at: Moment;
  /** When the paper entered the feed, and its UTC day; null while it is only known. */
  listed_at: Optional<Moment>;
  listed_day: Optional<string>;
  submitted_by: Optional<string>;
  withdrawn_at: Optional<Moment>;
  hidden_at: Optional<Moment>;
  votes: Defaulted<number>;
  comment_count: Defaulted<number>;
  /** log2 of the decayed votes, half-life a day and three days; see `trending/formulas.ts`. */
  heat_day: Defaulted<number>;
  heat_week: Defaulted<number>;
  claims_hold: Defaulted<number>;
  claims_fail: Defaulted<number>;
  claims_inconclusive: Defaulted<number>;
  claims_not_measured: Defaulted<number>;
  /** What the claim strip shows, in the claims' order. */
  claim_cells: DefaultedJson<ClaimCell[]>;
  runs_in_browser: Defaulted<boolean>;
  /** Grows with every change of what readers see: what caches and indexes follow. */
  revision: Generated<number>;
}

/** How many visible papers each day of the feed has, by facet: counting them would take too long. */
export interface FeedCountTable {
  /** `all`, `topic:…`, `category:…`, `claims:hold`, `claims:fail` or `browser`. */
  facet: string;
  day: string;
  papers: number;
}

export interface PaperVersionTable {
  paper_id: string;
  version: number;
  submitted_at: Moment;
  size: Optional<string>;
  withdrawn: Defaulted<boolean>;
}

/** An account that says that it is one of a paper's authors. */
export interface AuthorClaimTable {
  paper_id: string;
  /** The author's id inside the paper's `authors`. */
  author_id: string;
  account_id: string;
  status: "claimed" | "claimed_verified";
  changed_at: Moment;
}

/** One claim's standing, projected from the ledger. */
export interface ClaimStateTable {
  paper_id: string;
  claim_id: string;
  position: number;
  statement: string;
  scale: string;
  verdict: Verdict;
  reason: Optional<string>;
  reported: string;
  measured: Optional<string>;
  stale: Defaulted<boolean>;
  recorded_at: Optional<Moment>;
  preset: Optional<string>;
  device: Optional<string>;
  machine: Optional<string>;
}

/** A run's record that a worker measured: joins the records kept in the repository. */
export interface RecordTable {
  paper_id: string;
  id: string;
  slug: string;
  preset: string;
  device: string;
  machine: string;
  account_id: Optional<string>;
  record: Json<object>;
  created_at: Moment;
}

export interface VectorTable {
  paper_id: string;
  /** The model's name; vectors of different models are never compared. */
  model: string;
  dimension: number;
  /** Little-endian 32-bit floats of unit length, or all zero for an empty text. */
  vector: Uint8Array;
  /** SHA-256 of the text that was embedded, so that changed texts are embedded again. */
  text_hash: string;
  /** Grows with every change, as that of papers: what search indexes follow. */
  revision: Generated<number>;
}

export interface VoteTable {
  paper_id: string;
  account_id: string;
  created_at: Moment;
  /** What it counts for in the trending score: less from a young account. */
  weight: Defaulted<number>;
}

export interface CommentTable {
  paper_id: string;
  id: string;
  parent_id: Optional<string>;
  account_id: Optional<string>;
  /** Markdown with `$...$` mathematics. */
  body: string;
  created_at: Moment;
  edited_at: Optional<Moment>;
  deleted_at: Optional<Moment>;
  hidden_at: Optional<Moment>;
  hidden_reason: Optional<string>;
}

export interface CommentEditTable {
  paper_id: string;
  comment_id: string;
  replaced_at: Moment;
  body: string;
}

export interface CommentReportTable {
  paper_id: string;
  comment_id: string;
  account_id: string;
  reason: string;
  created_at: Moment;
  resolved_at: Optional<Moment>;
}

export type Role = "reader" | "submitter" | "moderator";

export interface AccountTable {
  id: string;
  /** Lower case; null once the account is deleted. */
  email: Optional<string>;
  /** Shown and unique, `[a-z0-9-]{2,39}`. */
  name: string;
  full_name: Defaulted<string>;
  role: Defaulted<Role>;
  created_at: Moment;
  suspended_at: Optional<Moment>;
  deleted_at: Optional<Moment>;
}

export interface PasskeyTable {
  account_id: string;
  /** The credential's id, base64url. */
  id: string;
  public_key: Uint8Array;
  counter: number;
  transports: Defaulted<string[]>;
  label: string;
  created_at: Moment;
  used_at: Optional<Moment>;
}

export interface SessionTable {
  /** SHA-256 of the cookie's token, hexadecimal; the token itself is nowhere. */
  hash: string;
  account_id: string;
  created_at: Moment;
  seen_at: Moment;
  expires_at: Moment;
  user_agent: Defaulted<string>;
  ip_prefix: Defaulted<string>;
}

/** One-time tokens: magic links and WebAuthn challenges. */
export interface LoginTokenTable {
  hash: string;
  /** `magic-link`, `passkey-login` or `passkey-register`. */
  kind: string;
  email: Optional<string>;
  account_id: Optional<string>;
  challenge: Optional<string>;
  /** SHA-256 of the cookie of the browser that asked. */
  browser_hash: string;
  created_at: Moment;
  expires_at: Moment;
  used_at: Optional<Moment>;
}

export interface ApiTokenTable {
  hash: string;
  account_id: string;
  label: string;
  created_at: Moment;
  used_at: Optional<Moment>;
}

export type Frequency = "daily" | "weekly" | "never";

export interface SubscriberTable {
  id: string;
  email: string;
  frequency: Frequency;
  topics: Defaulted<string[]>;
  /** Local hour 0..23 and IANA zone; weekly digests go on `weekday` (1 Monday .. 7 Sunday). */
  hour: number;
  zone: string;
  weekday: Defaulted<number>;
  created_at: Moment;
  confirm_hash: Optional<string>;
  confirm_expires_at: Optional<Moment>;
  confirmed_at: Optional<Moment>;
  unsubscribed_at: Optional<Moment>;
  suspended_at: Optional<Moment>;
  suspended_reason: Optional<string>;
  hard_bounces: Defaulted<number>;
  /** When, from which network prefix and to which words consent was given. */
  consent: Json<{ at: string; ipPrefix: string; text: string }>;
  next_run_at: Optional<Moment>;
  /** Papers listed up to here were in an issue, or came before the first one. */
  covered_to: Optional<Moment>;
}

export type SendState = "claimed" | "sent" | "failed" | "unknown";

export interface DigestSendTable {
  subscriber_id: string;
  issue_date: string;
  /** `daily` or `weekly`. */
  kind: string;
  state: SendState;
  message_id: string;
  /** The issue holds the papers listed after the first moment, up to the second. */
  covers_from: Moment;
  covers_to: Moment;
  attempts: Defaulted<number>;
  /** How many attempts were made without knowing whether the one before was accepted. */
  resends: Defaulted<number>;
  first_claimed_at: Moment;
  claimed_at: Moment;
  next_attempt_at: Optional<Moment>;
  settled_at: Optional<Moment>;
  /** The server's last words, cut to 500 characters. */
  response: Optional<string>;
}

export interface BounceTable {
  id: string;
  subscriber_id: string;
  at: Moment;
  /** `hard`, `soft` or `complaint`. */
  kind: string;
  /** Enhanced status code, `5.1.1`. */
  status: Optional<string>;
  detail: string;
}

export type RunState = "queued" | "running" | "done" | "failed" | "cancelled";

/** A reproduction that a signed-in reader asked a worker for. */
export interface RunTable {
  paper_id: string;
  id: string;
  slug: string;
  account_id: string;
  preset: string;
  device: string;
  seed: number;
  state: Defaulted<RunState>;
  /** How many workers have begun it; the row belongs to the last one. */
  attempts: Defaulted<number>;
  progress: Defaulted<number>;
  doing: Defaulted<string>;
  error: Optional<string>;
  record_id: Optional<string>;
  created_at: Moment;
  started_at: Optional<Moment>;
  finished_at: Optional<Moment>;
  /** The worker says that it lives. */
  heartbeat_at: Optional<Moment>;
  cancel_asked_at: Optional<Moment>;
}

export type KernelState = "queued" | "verifying" | "accepted" | "rejected" | "failed";

/** A WGSL kernel that a reader wants on the leaderboard; the time is the reader's own. */
export interface KernelTable {
  id: string;
  account_id: string;
  task: string;
  /** `element:64`, `row`, ... */
  grid: string;
  source: string;
  /** SHA-256 of the source. */
  source_hash: string;
  /** The name of the reader's adapter, as the browser told it. */
  adapter: string;
  median_ns: number;
  state: Defaulted<KernelState>;
  /** How often a verification was begun. */
  attempts: Defaulted<number>;
  /** What the server's own verification said. */
  verdict: ColumnType<object | null, string | null | undefined, string | null>;
  error: Optional<string>;
  created_at: Moment;
  started_at: Optional<Moment>;
  verified_at: Optional<Moment>;
}

export type SweepKind = "improve" | "bench";

/** Cells of the forge (a task on a back end with a seed) that were asked for together. */
export interface SweepTable {
  id: string;
  name: string;
  kind: SweepKind;
  /** What was asked for, as it was. */
  options: Json<object>;
  created_at: Moment;
}

/** One cell of a sweep: what one worker does at a time. */
export interface SweepCellTable {
  sweep_id: string;
  /** Its number in the sweep, from 1. */
  position: number;
  task: string;
  backend: string;
  seed: number;
  /** All that a worker is told: sizes, evaluations, sources. */
  request: Json<object>;
  state: Defaulted<RunState>;
  /** How many workers have begun it; the row belongs to the last one. */
  attempts: Defaulted<number>;
  /** The worker that has it or had it last, and the machine that worker is on. */
  worker: Optional<string>;
  machine: Optional<string>;
  progress: Defaulted<number>;
  doing: Defaulted<string>;
  error: Optional<string>;
  /** What was found; a time counts only for what the judge and the stopwatch accepted. */
  result: ColumnType<object | null, string | null | undefined, string | null>;
  /** By the last worker. */
  started_at: Optional<Moment>;
  heartbeat_at: Optional<Moment>;
  finished_at: Optional<Moment>;
  cancel_asked_at: Optional<Moment>;
}

/** One step of a cell, kept before the next one begins: with them another worker goes on. */
export interface SweepEventTable {
  sweep_id: string;
  cell: number;
  position: number;
  /** Where it happened: times in it are that machine's. */
  machine: string;
  /** JSON as the forge wrote it, to the letter. */
  line: string;
}

/** A process that takes cells, and what it can take; one that was silent for long is gone. */
export interface SweepWorkerTable {
  id: string;
  machine: string;
  /** The back ends that run there. */
  backends: Defaulted<string[]>;
  /** Why others do not: reasons by back end. */
  missing: Json<Record<string, string>>;
  seen_at: Moment;
}

/** How far each source was read: `oai:cs`, `rss:cs.LG`, `query:...`. */
export interface HarvestTable {
  source: string;
  /** Where to go on: a resumption token, an offset or a date. */
  cursor: Json<object>;
  papers: Defaulted<number>;
  started_at: Moment;
  updated_at: Moment;
  finished_at: Optional<Moment>;
  error: Optional<string>;
}

export interface AuditTable {
  id: string;
  at: Moment;
  /** Null for the service itself. */
  actor_id: Optional<string>;
  /** `comment.hide`, `account.role`, ... */
  action: string;
  subject: string;
  detail: Json<object>;
}

/** Keys that the service made for itself at its first start. */
export interface SecretTable {
  name: string;
  value: Uint8Array;
  created_at: Moment;
}
