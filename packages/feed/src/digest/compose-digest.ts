import { escapeHtml } from "../mail/escape-html.ts";
import { headerText } from "../mail/header-text.ts";
import { unsubscribeAddress } from "../mail/unsubscribe-address.ts";
import {
  type ComposedIssue,
  composeIssue,
  defaultName,
  type IssueContent,
} from "./compose-issue.ts";

/** Whose mail it is. */
export interface DigestReader {
  /** `subscriptionToken` of the subscriber. */
  readonly token: string;
}

export interface ComposedDigest {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One reader's mail: text, HTML below 100 kB without pictures or tracking, and the headers of RFC
 * 2369, 2919, 3834 and 8058. Pure.
 * @param options `domain` is where bounces and `mailto:` unsubscriptions are received.
 */
export const composeDigest = (
  options: IssueContent & { readonly reader: DigestReader; readonly domain: string },
): ComposedDigest => addressDigest(composeIssue(options), options);

/** Makes one reader's mail of an issue that was composed for many. */
export function addressDigest(
  issue: ComposedIssue,
  {
    kind,
    day,
    baseUrl,
    siteName = defaultName,
    domain,
    reader: { token },
  }: Omit<IssueContent, "papers"> & { readonly reader: DigestReader; readonly domain: string },
): ComposedDigest {
  const link = `${baseUrl}/u/${token}`;
  const why = `You get this because you confirmed a ${kind} digest of ${headerText(siteName)}.`;
  return {
    subject: issue.subject,
    text: `${issue.text}\n\n--\n${why}\nChange it or unsubscribe: ${link}\n`,
    html: page(
      issue.subject,
      issue.html +
        `<p style="padding:14px 0;border-top:1px solid #e3dfd5;font-size:13px;color:#6b675f" ` +
        `class="rule soft">${escapeHtml(why)} <a href="${escapeHtml(link)}" ` +
        `style="color:#1f4f8f" class="link">Change it or unsubscribe</a>.</p>`,
    ),
    headers: {
      "List-Id": listId(siteName, domain),
      "List-Unsubscribe": `<${link}>, <mailto:${unsubscribeAddress(token, domain)}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      Precedence: "bulk",
      "Auto-Submitted": "auto-generated",
      "Feedback-ID": `${day}:${kind}:digest:${domain}`,
    },
  };
}

/**
 * RFC 2919: a phrase, and the list's name between angle brackets, which alone may not be encoded.
 * A phrase that is not ASCII becomes encoded words of at most 75 characters (RFC 2047).
 */
function listId(siteName: string, domain: string): string {
  const phrase = headerText(siteName, 80).replace(/[^\p{L}\p{M}\p{N} .-]/gu, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what ASCII means
  const ascii = /^[\x00-\x7f]*$/.test(phrase);
  const words = phrase.match(/.{1,10}/gu) ?? [];
  const plain = phrase.includes(".") ? `"${phrase}"` : phrase;
  const text = ascii ? plain : words.map(encodedWord).join(" ");
  return `${text} <digest.${domain}>`;
}

const encodedWord = (text: string) =>
  `=?UTF-8?B?${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}?=`;

/** Clients that know the reader's colour scheme take these; the others keep the inline ones. */
const dark =
  "@media (prefers-color-scheme:dark){" +
  "body,.page{background:#15161a!important;color:#edece8!important}" +
  ".ink{color:#edece8!important}.soft{color:#b8b5ae!important}" +
  ".link{color:#8fb8f2!important}.rule{border-color:#2f3138!important}}";

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">` +
  `<meta name="viewport" content="width=device-width">` +
  `<meta name="color-scheme" content="light dark">` +
  `<meta name="supported-color-schemes" content="light dark">` +
  `<title>${escapeHtml(title)}</title><style>${dark}</style></head>` +
  `<body style="margin:0;background:#faf9f5;color:#1d1c1a"><div class="page" ` +
  `style="max-width:640px;margin:0 auto;padding:24px 16px;` +
  `font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">` +
  `${body}</div></body></html>`;
