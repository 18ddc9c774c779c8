import { inputError } from "../feed-error.ts";
import { emailAddress } from "./email-address.ts";
import { headerText } from "./header-text.ts";
import type { Mail } from "./mail.ts";

/** Who sends: one for all mails of a service. */
export interface Sender {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo?: string;
  /** The domain of Message-IDs and return paths: that of `from`, unless bounces have their own. */
  readonly domain: string;
  readonly dkim?: {
    readonly domain: string;
    readonly selector: string;
    /** PEM, RSA. */
    readonly privateKey: string;
  };
}

const headerName = /^[A-Za-z][A-Za-z0-9-]{0,75}$/;

/** What nodemailer makes MIME of. Header texts are freed of line breaks, addresses are checked. */
export function messageOf(mail: Mail, sender: Sender) {
  const to = emailAddress(mail.to);
  const { messageId } = mail;
  if (messageId !== undefined && !/^<[^\s<>@]+@[^\s<>@]+>$/.test(messageId)) {
    throw inputError(`messageId must look like <name@domain>, got ${messageId}`);
  }
  const headers = Object.entries(mail.headers ?? {}).map(([key, value]) => {
    if (!headerName.test(key)) throw inputError(`${JSON.stringify(key)} is not a header's name`);
    return { key, value: headerText(value, 2000) };
  });
  return {
    from: { ...sender.from },
    to: { name: "", address: to },
    ...(sender.replyTo && { replyTo: emailAddress(sender.replyTo, { localhost: true }) }),
    subject: headerText(mail.subject),
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    ...(messageId !== undefined && { messageId }),
    ...(mail.date && { date: mail.date }),
    headers,
    envelope: {
      from: emailAddress(mail.returnPath ?? sender.from.address, { localhost: true }),
      to: [to],
    },
    disableFileAccess: true,
    disableUrlAccess: true,
    // Texts of many languages: base64 is as long as quoted-printable, and quicker to write.
    textEncoding: "base64" as const,
  };
}
