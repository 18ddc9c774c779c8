import { takeVote, unvote, vote } from "@daily-kernel/feed/node";
import { error, json, redirect } from "@sveltejs/kit";
import { rowId } from "#lib/feed-item.ts";
import { field, ownPath, readForm, signInAddress } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

/** Where the reader was, from the browser's word for it. */
function cameFrom(request: Request, url: URL): string {
  const referrer = request.headers.get("referer");
  const from = referrer && URL.canParse(referrer) ? new URL(referrer) : null;
  return from?.origin === url.origin ? ownPath(from.pathname + from.search) : "/";
}

/** A vote, or its being taken back: JSON for the page's script, the page again for a bare form. */
export const POST: RequestHandler = async (event) => {
  const { request, params, url, locals } = event;
  const { account } = locals;
  const asJson = request.headers.get("accept") === "application/json";
  const back = cameFrom(request, url);
  if (!account) {
    const signIn = signInAddress(back);
    if (asJson) return json({ signIn }, { status: 401 });
    redirect(303, signIn);
  }
  const form = await readForm(event);
  const { id } = params;
  const { db, limiter, now } = service();
  const at = now();
  const wanted = field(form, "vote") === "1";
  if (wanted) {
    const address = event.getClientAddress();
    const taken = takeVote(limiter, { account, paperId: id, address, now: at });
    if (!taken.allowed) error(429, `That was fast. Try again in ${taken.reset} s.`);
  }
  const accountId = account.id;
  const result = wanted
    ? await vote(db, { paperId: id, accountId, now: at })
    : await unvote(db, { paperId: id, accountId });
  if (asJson) return json(result);
  redirect(303, `${back}#${rowId(id)}`);
};
