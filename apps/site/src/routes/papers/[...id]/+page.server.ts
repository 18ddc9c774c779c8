import { commentActions } from "#lib/server/comment-actions.ts";
import { findPaper, paperPage } from "#lib/server/paper-page.ts";
import { runActions } from "#lib/server/run-actions.ts";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ params, url, locals }) => {
  const paper = await findPaper(params.id, url, locals);
  return { paper: await paperPage(paper, url, locals) };
};

export const actions: Actions = { ...commentActions, ...runActions };
