import type { Mail } from "@daily-kernel/feed";
import { magicLinkMinutes } from "@daily-kernel/feed/node";

/** The mail with a link to sign in. Its page has the button, since scanners follow links. */
export function signInMail({
  email,
  token,
  next,
  baseUrl,
}: {
  email: string;
  token: string;
  next: string;
  baseUrl: string;
}): Mail {
  const fields = new URLSearchParams({ token, ...(next !== "/" && { next }) });
  return {
    to: email,
    subject: "Sign in to Daily Kernel",
    text: [
      "Open this page in the browser where you asked for it, and press the button there:",
      `${baseUrl}/sign-in/link?${fields}`,
      "",
      `The link works once, for ${magicLinkMinutes} minutes. If you did not ask for it, do nothing.`,
      "",
    ].join("\n"),
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
