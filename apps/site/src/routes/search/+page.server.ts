import { searchPage } from "#lib/server/search-page.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = async ({ url, locals, getClientAddress }) => ({
  result: await searchPage(url, locals.account?.id ?? null, getClientAddress()),
});
