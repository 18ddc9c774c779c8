import { renderThread } from "@daily-kernel/feed";
import { type Account, type CommentView, listComments } from "@daily-kernel/feed/node";
import { service } from "./service.ts";

const pageSize = 200;

/**
 * A page of a paper's discussion, as a reader sees it: the one that an address asks for by
 * `?comment=<id>`, whose comment is on it, or by `?comments=<page>`.
 */
export async function commentPage(
  paperId: string,
  account: Account | null,
  query: URLSearchParams,
) {
  const comments = await listComments(service().db, paperId, { viewer: account });
  const pages = Math.max(1, Math.ceil(comments.length / pageSize));
  const found = comments.findIndex(({ id }) => id === query.get("comment"));
  const asked = found < 0 ? Number(query.get("comments")) : 1 + Math.floor(found / pageSize);
  const page = Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
  return {
    page,
    pages,
    visible: comments.filter(({ state }) => state === "visible").length,
    comments: asReaderSees(comments.slice((page - 1) * pageSize, page * pageSize), account),
  };
}

function asReaderSees(comments: readonly CommentView[], account: Account | null) {
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

export type CommentPage = Awaited<ReturnType<typeof commentPage>>;
