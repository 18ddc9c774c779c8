import type { Db } from "../database/open.ts";
import { isStorable } from "../database/storable.ts";
import type { Role } from "../database/tables.ts";
import { publicAccount } from "../papers/paper-view.ts";
import type { CommentView } from "./comment-view.ts";

const selectComments = (db: Db, paperId: string) =>
  db
    .selectFrom("comments")
    .leftJoin("accounts", (join) =>
      join.onRef("accounts.id", "=", "comments.account_id").on("accounts.deleted_at", "is", null),
    )
    .selectAll("comments")
    .select(["accounts.name", "accounts.full_name"])
    .where("comments.paper_id", "=", paperId)
    .orderBy("comments.created_at")
    .orderBy("comments.id");

type Row = Awaited<ReturnType<ReturnType<typeof selectComments>["execute"]>>[number];

/**
 * A paper's comments: each followed by its replies, older ones first. Of a deleted or hidden one
 * only the place is left, and that only if something visible hangs from it; a moderator reads hidden
 * ones.
 */
export async function listComments(
  db: Db,
  paperId: string,
  { viewer }: { viewer?: { readonly role: Role } | null } = {},
): Promise<CommentView[]> {
  const rows = isStorable(paperId) ? await selectComments(db, paperId).execute() : [];
  const moderates = viewer?.role === "moderator";
  const replies = Map.groupBy(rows, (row) => row.parent_id);
  const thread: CommentView[] = [];
  // A stack of our own: a thread may be deeper than the machine's.
  const waiting = (replies.get(null) ?? []).map((row) => ({ row, depth: 0 })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { row, depth } = next;
    thread.push(commentView(row, depth, moderates));
    for (const reply of (replies.get(row.id) ?? []).toReversed()) {
      waiting.push({ row: reply, depth: depth + 1 });
    }
  }
  return withoutEmptyEnds(thread, moderates);
}

function commentView(row: Row, depth: number, moderates: boolean): CommentView {
  const state = row.deleted_at !== null ? "deleted" : row.hidden_at !== null ? "hidden" : "visible";
  const readable = state === "visible" || (state === "hidden" && moderates);
  return {
    id: row.id,
    paperId: row.paper_id,
    parentId: row.parent_id,
    author: readable ? publicAccount(row.account_id, row.name, row.full_name) : null,
    body: readable ? row.body : "",
    createdAt: row.created_at,
    editedAt: row.edited_at,
    state,
    hiddenReason: row.hidden_reason,
    depth,
  };
}

/** From the end on: whatever is not readable stays only if what follows it is deeper. */
function withoutEmptyEnds(thread: readonly CommentView[], moderates: boolean): CommentView[] {
  const kept: CommentView[] = [];
  for (const comment of thread.toReversed()) {
    const readable = comment.state === "visible" || (comment.state === "hidden" && moderates);
    if (readable || (kept.at(-1)?.depth ?? 0) > comment.depth) kept.push(comment);
  }
  return kept.reverse();
}
