import { endSession } from "@daily-kernel/feed/node";
import { redirect } from "@sveltejs/kit";
import { clearSession } from "#lib/server/cookies.ts";
import { readForm } from "#lib/server/forms.ts";
import { service } from "#lib/server/service.ts";
import type { RequestHandler } from "./$types";

export const POST: RequestHandler = async (event) => {
  await readForm(event);
  if (event.locals.session) await endSession(service().db, event.locals.session);
  clearSession(event.cookies);
  redirect(303, "/");
};
