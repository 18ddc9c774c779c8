import { listOutbox } from "@daily-kernel/feed/node";
import { error } from "@sveltejs/kit";
import { onOwnMachine } from "#lib/server/own-machine.ts";
import { service } from "#lib/server/service.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

/** What was not sent for want of a mail server. With one there is no such page. */
export const load: PageServerLoad = async ({ locals, request, getClientAddress }) => {
  const { outbox, config } = service();
  if (outbox === null) error(404, "There is no outbox: mails are sent.");
  const here = onOwnMachine(request, getClientAddress(), config.baseUrl);
  // Its mails hold the keys to accounts: on a machine that others reach it is for moderators.
  if (!here && locals.account?.role !== "moderator")
    error(403, "The outbox is for the machine it lies on, and for moderators.");
  const mails = await listOutbox(outbox, 30);
  return { mails: mails.map(({ headers: _, ...mail }) => mail) };
};
