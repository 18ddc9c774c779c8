import { openBounceListener, receiveMail } from "@daily-kernel/feed/node";
import type { Core } from "./service.ts";

/** Takes in what mail servers send back, on all addresses: the domain's MX record leads here. */
export async function listenForBounces(core: Core, port: number): Promise<void> {
  const { db, mailer, log, now } = core;
  const listener = await openBounceListener({
    host: "0.0.0.0",
    port,
    domain: mailer.domain,
    receive: async (mail) => {
      const received = await receiveMail(db, { ...mail, now: now() });
      log.info({ received }, "a mail came back");
    },
  });
  core.onClose(() => listener.close());
}
