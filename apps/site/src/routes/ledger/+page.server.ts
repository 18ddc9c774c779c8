import { ledgerPage } from "#lib/server/ledger-page.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = async ({ url }) => ({ ledger: await ledgerPage(url) });
