import { paperPage } from "#lib/server/paper-page.ts";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ params, url }) => ({
  paper: await paperPage(params.slug, url),
});
