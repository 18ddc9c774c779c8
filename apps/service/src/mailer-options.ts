import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MailerOptions } from "@daily-kernel/feed/node";
import type { Config } from "./config.ts";

/** How mails leave: by the SMTP server that the configuration names, or into a folder. */
export const mailerOptions = ({
  smtpUrl,
  dataDirectory,
  mailFrom,
  dkim,
  bounces,
}: Config): MailerOptions => ({
  ...(smtpUrl === null ? { outbox: join(dataDirectory, "outbox") } : { smtpUrl }),
  from: mailFrom,
  ...(bounces?.domain && { bounceDomain: bounces.domain }),
  ...(dkim && {
    dkim: {
      domain: dkim.domain,
      selector: dkim.selector,
      privateKey: readFileSync(dkim.keyFile, "utf8"),
    },
  }),
});
