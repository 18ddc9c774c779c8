import { renderThread } from "@daily-kernel/feed";
import { type Account, listComments } from "@daily-kernel/feed/node";
import { service } from "./service.ts";

/** A paper's discussion as a reader sees it, with what that reader may do. */
export async function commentThread(paperId: string, account: Account | null) {
  const { db } = service();
  const comments = await listComments(db, paperId, { viewer: account });
  const moderates = account?.role === "moderator";
  const html = renderThread(comments.map(({ body }) => body));
  return comments.map((comment, i) => {
    const own = account !== null && comment.author?.id === account.id;
    const visible = comment.state === "visible";
    return {
      id: comment.id,
      depth: comment.depth,
      state: comment.state,
      hiddenReason: moderates ? comment.hiddenReason : null,
      author: comment.author && (comment.author.fullName || comment.author.name),
      name: comment.author?.name ?? null,
      at: comment.createdAt.toISOString(),
      edited: comment.editedAt !== null,
      html: html[i] ?? "",
      // The source only for who may edit it.
      body: own ? comment.body : "",
      may: {
        reply: visible && account !== null,
        edit: visible && own,
        delete: own && comment.state !== "deleted",
        report: visible && account !== null && !own,
        hide: visible && moderates,
        restore: comment.state === "hidden" && moderates,
      },
    };
  });
}

export type ThreadComment = Awaited<ReturnType<typeof commentThread>>[number];
