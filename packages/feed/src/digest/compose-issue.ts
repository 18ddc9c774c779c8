import { checkBase, checkDay } from "../check.ts";
import { inputError } from "../feed-error.ts";
import { escapeHtml } from "../mail/escape-html.ts";
import { headerText } from "../mail/header-text.ts";
import { dayInWords } from "../period/period.ts";
import { counted } from "./counted.ts";
import { type DigestPaper, type Entry, entryOf, titleText } from "./digest-paper.ts";

export interface IssueContent {
  readonly kind: "daily" | "weekly";
  /** The local day that names the issue, `YYYY-MM-DD`. */
  readonly day: string;
  /** At least one, in the order to be shown. */
  readonly papers: readonly DigestPaper[];
  /** How many the issue has in all, where `papers` are not all of them. */
  readonly total?: number;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** `Daily Kernel` if absent. */
  readonly siteName?: string;
}

/** What all mails of an issue have in common. */
export interface ComposedIssue {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** How many papers stand in it; the mail says how many more there are. */
  readonly shown: number;
}

export const defaultName = "Daily Kernel";

/** Gmail cuts what is longer than 102 kB; the frame and the reader's own links need the rest. */
const mostBytes = 90_000;
const bytes = new TextEncoder();

/**
 * Composes an issue, as many of its papers as fit into a mail. Pure; linear in the papers.
 * @throws FeedError `ERR_INPUT` without papers (an empty day has no mail), a day or a base URL.
 */
export function composeIssue(content: IssueContent): ComposedIssue {
  const { kind, day, papers, baseUrl, siteName = defaultName, total = papers.length } = content;
  checkDay("composeIssue: day", day);
  checkBase("composeIssue: baseUrl", baseUrl);
  if (papers.length === 0) throw inputError("composeIssue: an issue needs at least one paper");
  const entries: Entry[] = [];
  let size = 0;
  for (const [i, paper] of papers.entries()) {
    const entry = entryOf(paper, i + 1, baseUrl);
    size += bytes.encode(entry.html).length;
    if (size > mostBytes && i > 0) break;
    entries.push(entry);
  }
  const shown = entries.length;
  const more = total - shown;
  const count = counted(total, "paper");
  const heading = `${siteName}, ${kind === "weekly" ? "week to " : ""}${dayInWords(day)}`;
  const first = titleText(papers[0]!, 90);
  const rest = more > 0 ? `and ${more} more on the page: ${baseUrl}/papers` : null;
  const legend = "✓ holds, ✗ fails, ? inconclusive, – not measured";
  return {
    subject: headerText(total === 1 ? first : `${first} and ${total - 1} more`),
    shown,
    text: [
      `${heading}: ${count}`,
      "",
      entries.map(({ text }) => text).join("\n\n"),
      ...(rest ? ["", rest] : []),
      "",
      `[${legend}]`,
    ].join("\n"),
    html:
      `<h1 style="margin:0 0 2px;font-size:22px;line-height:1.3">${escapeHtml(heading)}</h1>` +
      `<p style="margin:0 0 14px;font-size:14px;color:#514e48" class="soft">${count}</p>` +
      entries.map(({ html }) => html).join("") +
      (rest
        ? `<p style="padding:18px 0;font-size:16px"><a href="${escapeHtml(`${baseUrl}/papers`)}" ` +
          `style="color:#1f4f8f" class="link">and ${more} more on the page</a></p>`
        : "") +
      `<p style="font-size:13px;color:#6b675f" class="soft">${legend}; a dashed edge: at simulated scale.</p>`,
  };
}
