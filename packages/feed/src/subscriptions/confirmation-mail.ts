import { escapeHtml } from "../mail/escape-html.ts";
import type { Mail } from "../mail/mail.ts";

/** The mail that asks the owner of an address whether the digest is wanted. */
export function composeConfirmation({
  email,
  token,
  baseUrl,
  siteName = "Daily Kernel",
}: {
  email: string;
  token: string;
  baseUrl: string;
  siteName?: string;
}): Mail {
  const link = `${baseUrl.replace(/\/$/, "")}/subscribe/confirm?token=${encodeURIComponent(token)}`;
  const asked = `Somebody, we hope you, asked for the ${siteName} digest at this address.`;
  const otherwise =
    "If it was not you, do nothing: no further mail comes, and the link ends in 48 hours.";
  return {
    to: email,
    subject: `Confirm your ${siteName} digest`,
    text: `${asked}\n\nTo receive it, open this page and press the button there:\n${link}\n\n${otherwise}\n`,
    html:
      `<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">` +
      `<meta name="color-scheme" content="light dark"><title>Confirm</title></head>` +
      `<body style="font:16px/1.5 sans-serif;max-width:36em;margin:2em auto;padding:0 1em">` +
      `<p>${escapeHtml(asked)}</p><p><a href="${escapeHtml(link)}">Confirm on our page</a></p>` +
      `<p>${escapeHtml(otherwise)}</p></body></html>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
