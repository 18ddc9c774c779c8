import { createPrivateKey } from "node:crypto";
import { inputError } from "../feed-error.ts";
import { emailAddress } from "./email-address.ts";
import { headerText } from "./header-text.ts";
import type { Mailer } from "./mail.ts";
import type { Sender } from "./message.ts";
import { openOutboxMailer } from "./outbox-mailer.ts";
import { openSmtpMailer } from "./smtp-mailer.ts";

export interface MailerOptions {
  /** `smtp://host:port` or `smtps://user:password@host`; or else `outbox`. */
  readonly smtpUrl?: string;
  /** A folder that mails are written to instead of being sent. */
  readonly outbox?: string;
  /** `Daily Kernel <digest@example.org>`, or the address alone. */
  readonly from: string;
  readonly replyTo?: string;
  /** Where bounces and `mailto:` unsubscriptions are received; the domain of `from` if absent. */
  readonly bounceDomain?: string;
  readonly dkim?: NonNullable<Sender["dkim"]>;
  /** SMTP connections kept open, 5 if absent. */
  readonly connections?: number;
}

/** Opens the way that mails leave. @throws FeedError `ERR_INPUT` unless there is exactly one way. */
export function openMailer(options: MailerOptions): Mailer {
  const { smtpUrl, outbox, replyTo, bounceDomain, dkim, connections } = options;
  const from = readSender(options.from);
  const domain = bounceDomain ?? from.address.slice(from.address.lastIndexOf("@") + 1);
  if (dkim) checkKey(dkim.privateKey);
  const sender = { from, domain, ...(replyTo && { replyTo }), ...(dkim && { dkim }) };
  if (smtpUrl !== undefined && outbox === undefined) {
    if (!/^smtps?:\/\/[^\s/]/.test(smtpUrl)) {
      throw inputError("smtpUrl must be smtp://host:port or smtps://user:password@host");
    }
    return openSmtpMailer(smtpUrl, sender, connections);
  }
  if (outbox !== undefined && smtpUrl === undefined) return openOutboxMailer(outbox, sender);
  throw inputError("openMailer: give smtpUrl or outbox, and not both");
}

/** What cannot sign is found out before the first mail, not by it. */
function checkKey(privateKey: string): void {
  let kind: string | undefined;
  try {
    kind = createPrivateKey(privateKey).asymmetricKeyType;
  } catch {
    throw inputError("openMailer: dkim.privateKey must be a private key as PEM");
  }
  if (kind !== "rsa") throw inputError(`openMailer: dkim.privateKey must be of RSA, got ${kind}`);
}

function readSender(text: string): Sender["from"] {
  const [, name = "", address = text] = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  return { name: headerText(name), address: emailAddress(address, { localhost: true }) };
}
