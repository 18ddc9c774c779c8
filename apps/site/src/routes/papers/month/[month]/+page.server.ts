import { periodPage } from "#lib/server/period-page.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = ({ params, url, locals }) =>
  periodPage("month", params.month, { url, accountId: locals.account?.id ?? null });
