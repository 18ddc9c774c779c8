import type { ClaimState, PaperView } from "@daily-kernel/feed";

/** A paper as a page of Markdown: what it says, what it claims, and what held when it was run. */
export function paperMarkdown(
  paper: PaperView,
  claims: readonly ClaimState[],
  baseUrl: string,
): string {
  const blocks = [
    `# ${oneLine(paper.title)}`,
    authorsOf(paper),
    facts(paper, baseUrl).join("\n"),
    paper.withdrawnAt && "> This paper has been withdrawn by its authors.",
    paper.summary && `## Summary\n\n${paper.summary.trim()}`,
    `## Abstract\n\n${paper.abstract.trim()}`,
    claims.length > 0 && `## Claims\n\n${table(claims)}`,
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

function authorsOf({ authors, authorCount }: PaperView): string {
  const names = authors.map(({ name }) => oneLine(name));
  const more = authorCount - names.length;
  if (names.length === 0) return `${authorCount} ${authorCount === 1 ? "author" : "authors"}`;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function facts(paper: PaperView, baseUrl: string): string[] {
  const links = [
    `- arXiv: [${paper.id}](https://arxiv.org/abs/${paper.id})`,
    `- Here: <${baseUrl}/papers/${paper.id}>`,
    `- Published: ${paper.publishedAt.toISOString().slice(0, 10)}`,
    paper.listedDay && `- Listed: ${paper.listedDay}`,
    `- Upvotes: ${paper.votes}, comments: ${paper.commentCount}`,
    paper.topics.length > 0 && `- Topics: ${paper.topics.map(oneLine).join(", ")}`,
    paper.githubRepo && `- Code: <${paper.githubRepo}>`,
    paper.projectPage && `- Project: <${paper.projectPage}>`,
  ];
  return links.filter((line): line is string => typeof line === "string");
}

function table(claims: readonly ClaimState[]): string {
  const rows = claims.map((claim) => {
    const verdict = claim.verdict.replace("-", " ") + (claim.stale ? " (stale)" : "");
    const measured = claim.measured ?? (claim.reason === null ? "" : claim.reason);
    return [claim.statement, claim.scale, claim.reported, measured, verdict];
  });
  const lines = [
    ["Claim", "Scale", "Reported", "Measured", "Verdict"],
    Array(5).fill("---"),
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
const cell = (text: string) => oneLine(text).replace(/\|/g, "\\|");
