import { halfLives } from "@daily-kernel/feed";
import { feedPage } from "#lib/server/feed-page.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = async ({ url, locals }) => {
  const by = url.searchParams.get("by") === "week" ? "week" : "day";
  const accountId = locals.account?.id ?? null;
  return {
    by,
    hours: halfLives[by],
    feed: await feedPage({ url, accountId, sort: `trending-${by}` }),
  };
};
