import { escapeHtml } from "../mail/escape-html.ts";
import { headerText } from "../mail/header-text.ts";
import { proseToText } from "../markup/prose.ts";
import type { ClaimState, PaperView } from "../papers/paper-view.ts";
import { dayInWords } from "../period/period.ts";
import { countsInWords, signs, stripHtml, stripText } from "./claim-strip.ts";
import { counted } from "./counted.ts";

/** A paper with the claims that the mail may quote. */
export type DigestPaper = PaperView & { readonly claimStates?: readonly ClaimState[] };

/** One paper's part of a mail. */
export interface Entry {
  readonly html: string;
  readonly text: string;
}

const excerpt = 320;
const quoted = 3;
const namesShown = 4;

/** Writing systems that run from right to left. */
const rightToLeft = /^(ar|arc|ckb|dv|fa|he|ku-arab|ps|sd|ug|ur|yi)\b/i;
const directionOf = (language: string) => (rightToLeft.test(language) ? "rtl" : "ltr");

const plain = (text: string, limit: number) => {
  const line = headerText(proseToText(text), Number.POSITIVE_INFINITY);
  return line.length <= limit ? line : `${headerText(line, limit - 1).replace(/\s\S*$/, "")}…`;
};

/** The title as it stands in mails and subjects. */
export const titleText = (paper: PaperView, limit = 300) => plain(paper.title, limit);

/** What a mail says of a paper, `n`th of the issue. */
export function entryOf(paper: DigestPaper, n: number, baseUrl: string): Entry {
  const link = `${baseUrl}/papers/${paper.id}`;
  const title = titleText(paper);
  const about = plain(paper.summary ?? paper.abstract, excerpt);
  const facts = [
    authorsOf(paper),
    ...(paper.votes > 0 ? [counted(paper.votes, "vote")] : []),
    ...(paper.commentCount > 0 ? [counted(paper.commentCount, "comment")] : []),
  ].join(" · ");
  const { heading, claims } = standing(paper);
  const language = /^[A-Za-z0-9-]{1,35}$/.test(paper.language) ? paper.language : "en";
  const of = `lang="${language}" dir="${directionOf(language)}"`;
  const small = `margin:4px 0;font-size:14px;color:#514e48`;
  const html =
    `<div style="padding:18px 0;border-top:1px solid #e3dfd5" class="rule">` +
    `<h2 style="margin:0 0 4px;font-size:18px;line-height:1.35;font-weight:600" ${of}>` +
    `<a href="${escapeHtml(link)}" style="color:#1d1c1a;text-decoration:none" class="ink">` +
    `${escapeHtml(title)}</a></h2>` +
    `<p style="${small}" class="soft">${escapeHtml(facts)}</p>` +
    `<p style="${small}" class="soft">` +
    `${paper.claimCells.length > 0 ? `${stripHtml(paper.claimCells)} ` : ""}` +
    `${escapeHtml(heading)}</p>` +
    claims
      .map((claim) => `<p style="${small};padding-left:1em" class="soft">${escapeHtml(claim)}</p>`)
      .join("") +
    `<p style="margin:8px 0 0;font-size:16px;line-height:1.5" ${of}>${escapeHtml(about)}</p></div>`;
  const text = [
    `${n}. ${title}`,
    `   ${facts}`,
    `   ${paper.claimCells.length > 0 ? `${stripText(paper.claimCells)} ` : ""}${heading}`,
    ...claims.map((claim) => `     ${claim}`),
    `   ${about}`,
    `   ${link}`,
  ].join("\n");
  return { html, text };
}

function authorsOf({ authors, authorCount }: PaperView): string {
  const count = Math.max(authorCount, authors.length);
  if (authors.length === 0) return counted(count, "author");
  const names = authors.slice(0, namesShown).map(({ name }) => headerText(name, 80));
  const more = count - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What held when the paper was run: in numbers, and the claims that a reader asks for first. */
function standing({ claims, claimCells, claimStates = [] }: DigestPaper) {
  if (claimCells.length === 0) return { heading: "Not run here yet.", claims: [] };
  const runs = claimStates.flatMap(({ recordedAt }) => recordedAt ?? []);
  const latest = runs.reduce<Date | null>((a, b) => (a && a > b ? a : b), null);
  const when = latest ? ` on ${dayInWords(latest.toISOString().slice(0, 10))}` : "";
  const measured = claims.holds + claims.fails + claims.inconclusive > 0;
  const stale = claimCells.some((cell) => cell.stale) ? "; the code has changed since" : "";
  const heading = measured
    ? `When it was run${when}: ${countsInWords(claims)}${stale}.`
    : `Its ${claimCells.length === 1 ? "claim is" : `${claimCells.length} claims are`} not measured yet.`;
  const order = ["fails", "holds", "inconclusive"];
  const told = claimStates
    .filter(({ verdict }) => order.includes(verdict))
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || a.position - b.position)
    .slice(0, quoted)
    .map(({ verdict, statement, reported, measured, scale }) => {
      const scales = scale === "paper" ? "" : `, ${scale} scale`;
      const values = `reported ${plain(reported, 80)}, measured ${plain(measured ?? "?", 80)}`;
      return `${signs[verdict]} ${verdict}: ${plain(statement, 160)} (${values}${scales})`;
    });
  return { heading, claims: told };
}
