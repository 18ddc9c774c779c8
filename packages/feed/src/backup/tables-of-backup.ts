import type { Tables } from "../database/tables.ts";

/**
 * Every table, in an order in which rows may be restored: what is referred to comes first. With
 * each, what its rows are sorted by, so that two backups of one database are the same.
 */
export const order = {
  accounts: ["id"],
  papers: ["id"],
  feed_counts: ["facet", "day"],
  paper_versions: ["paper_id", "version"],
  author_claims: ["paper_id", "author_id"],
  claim_states: ["paper_id", "claim_id"],
  records: ["paper_id", "id"],
  vectors: ["paper_id", "model"],
  votes: ["paper_id", "account_id"],
  comments: ["paper_id", "created_at", "id"],
  comment_edits: ["paper_id", "comment_id", "replaced_at"],
  comment_reports: ["paper_id", "comment_id", "account_id"],
  passkeys: ["id"],
  sessions: ["hash"],
  login_tokens: ["hash"],
  api_tokens: ["hash"],
  subscribers: ["id"],
  digest_sends: ["subscriber_id", "issue_date", "kind"],
  bounces: ["id"],
  runs: ["paper_id", "id"],
  kernels: ["id"],
  sweeps: ["id"],
  sweep_cells: ["sweep_id", "position"],
  sweep_events: ["sweep_id", "cell", "position"],
  sweep_workers: ["id"],
  harvests: ["source"],
  audit_log: ["id"],
  secrets: ["name"],
} as const satisfies { [Table in keyof Tables]: readonly (keyof Tables[Table])[] };

export type TableName = keyof typeof order;

export const tableNames = Object.keys(order) as TableName[];
