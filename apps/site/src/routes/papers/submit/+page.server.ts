import { inputError, parseArxivId } from "@daily-kernel/feed";
import { getPaper, requireRole, submissionRules, submitPaper } from "@daily-kernel/feed/node";
import { redirect } from "@sveltejs/kit";
import { paperHref } from "#lib/feed-item.ts";
import { attempt, field, readForm, signedIn } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { Actions, PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = () => ({ rules: submissionRules });

export const actions: Actions = {
  default: async (event) => {
    const account = signedIn(event);
    const accountId = account.id;
    const form = await readForm(event);
    const written = field(form, "paper");
    const comment = field(form, "comment");
    const result = await attempt(
      async () => {
        const { db, now, indexPaper, limiter } = service();
        const { id } = parseArxivId(written);
        const known = await getPaper(db, id);
        // One that is in the feed already is what was looked for.
        if (known?.listedAt) return paperHref(known);
        if (!known) {
          // Only then is arXiv asked, which answers once in three seconds.
          requireRole(account, "submitter");
          if (!limiter.take("index", accountId, now()).allowed)
            throw inputError("Too many papers were asked for. Try again in an hour.");
          await indexPaper(id);
        }
        await submitPaper(db, {
          paperId: id,
          accountId,
          now: now(),
          ...(comment && { comment }),
        });
        return paperHref({ id, slug: null });
      },
      { written, comment },
    );
    if (typeof result === "string") redirect(303, result);
    return result;
  },
};
