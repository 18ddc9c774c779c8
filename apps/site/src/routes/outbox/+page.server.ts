import { listOutbox } from "@daily-kernel/feed/node";
import { error } from "@sveltejs/kit";
import { service } from "#lib/server/service.ts";
import type { PageServerLoad } from "./$types";

/** A page to read: it needs no script. */
export const csr = false;

/** What was not sent for want of a mail server. With one there is no such page. */
export const load: PageServerLoad = async ({ locals, getClientAddress }) => {
  const { outbox, config } = service();
  if (outbox === null) error(404, "There is no outbox: mails are sent.");
  mayLook(config.baseUrl, getClientAddress(), locals);
  const mails = await listOutbox(outbox, 30);
  return { mails: mails.map(({ headers: _, ...mail }) => mail) };
};

/** Its mails hold the keys to accounts: on a machine that others reach it is for moderators. */
function mayLook(baseUrl: string, address: string, { account }: App.Locals): void {
  const own = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(baseUrl).hostname);
  const here = /^(127\.|::1$|::ffff:127\.)/.test(address);
  if (!(own && here) && account?.role !== "moderator")
    error(403, "The outbox is for the machine it lies on, and for moderators.");
}
