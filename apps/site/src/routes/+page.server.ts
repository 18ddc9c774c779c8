import { redirect } from "@sveltejs/kit";
import { feedPage, introduction } from "#lib/server/feed-page.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = async ({ url, locals }) => {
  if (url.searchParams.has("q")) redirect(308, `/search${url.search}`);
  const accountId = locals.account?.id ?? null;
  return { feed: await feedPage({ url, accountId }), intro: await introduction() };
};
