import {
  addComment,
  deleteComment,
  editComment,
  hideComment,
  hidePaper,
  reportComment,
  restoreComment,
  showPaper,
} from "@daily-kernel/feed/node";
import { type ActionFailure, fail, type RequestEvent, redirect } from "@sveltejs/kit";
import { attempt, field, readForm, signedIn } from "./forms.ts";
import { findPaper } from "./paper-page.ts";
import { service } from "./service.ts";

/** What a form did: where to look at it. */
type Does = (
  form: FormData,
  on: { paperId: string; accountId: string; now: Date },
) => Promise<string>;

interface Failed {
  readonly problem: string;
  readonly from: string;
  readonly body: string;
}

type PaperEvent = RequestEvent<{ id: string }>;

/** Runs a form of the discussion; what was wrong is shown beside that form, its text kept. */
const act =
  (name: string, does: Does) =>
  async (event: PaperEvent): Promise<ActionFailure<Failed> | undefined> => {
    const account = signedIn(event);
    const form = await readForm(event);
    const { id } = await findPaper(event.params.id, event.url, event.locals);
    const { limiter, now } = service();
    const at = now();
    const about = field(form, "comment") || field(form, "parent");
    const kept = {
      from: name === "comment" ? (about ? `reply-${about}` : name) : `${name}-${about}`,
      body: field(form, "body"),
    };
    const bucket = name === "report" ? "reports" : "comments";
    if (name === "comment" || name === "report") {
      const { allowed, reset } = limiter.take(bucket, account.id, at);
      if (!allowed)
        return fail(429, { ...kept, problem: `That was fast. Try again in ${reset} s.` });
    }
    const result = await attempt(
      () => does(form, { paperId: id, accountId: account.id, now: at }),
      kept,
    );
    if (typeof result === "string") redirect(303, `/papers/${event.params.id}${result}`);
    return result;
  };

/** The page of the discussion with that comment, and the place on it. */
const at = (comment: string) => `?comment=${comment}#comment-${comment}`;
const commentId = (form: FormData) => field(form, "comment");
const by = ({ accountId }: { accountId: string }) => ({ by: { accountId } });

export const commentActions = {
  comment: act("comment", async (form, on) => {
    const parentId = field(form, "parent") || null;
    const { id } = await addComment(service().db, { ...on, parentId, body: field(form, "body") });
    return at(id);
  }),
  edit: act("edit", async (form, on) => {
    const edit = { ...on, commentId: commentId(form), body: field(form, "body") };
    await editComment(service().db, edit);
    return at(edit.commentId);
  }),
  delete: act("delete", async (form, on) => {
    await deleteComment(service().db, { ...on, commentId: commentId(form) });
    return "#comments";
  }),
  report: act("report", async (form, on) => {
    const report = { ...on, commentId: commentId(form), reason: field(form, "reason") };
    await reportComment(service().db, report);
    return "?told=1#comments";
  }),
  hide: act("hide", async (form, on) => {
    const hide = { ...on, ...by(on), commentId: commentId(form), reason: field(form, "reason") };
    await hideComment(service().db, hide);
    return at(hide.commentId);
  }),
  restore: act("restore", async (form, on) => {
    await restoreComment(service().db, { ...on, ...by(on), commentId: commentId(form) });
    return at(commentId(form));
  }),
  hidePaper: act("hidePaper", async (form, on) => {
    await hidePaper(service().db, { ...on, ...by(on), reason: field(form, "reason") });
    return "";
  }),
  showPaper: act("showPaper", async (_, on) => {
    await showPaper(service().db, { ...on, ...by(on) });
    return "";
  }),
};
