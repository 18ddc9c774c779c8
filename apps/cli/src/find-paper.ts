import type { Paper } from "@daily-kernel/reproduction";
import { readPapers } from "@daily-kernel/reproduction/node";
import { UsageError } from "./exit.ts";

/** The paper with this slug or arXiv identifier. */
export async function findPaper(root: string, name: string): Promise<Paper> {
  const papers = await readPapers(root);
  const paper = papers.find((p) => p.slug === name || p.arxiv === name);
  if (paper) return paper;
  const near = papers.filter((p) => p.slug.includes(name) || name.includes(p.slug));
  const hint = near.length
    ? `did you mean ${near.map((p) => p.slug).join(" or ")}?`
    : `"daily-kernel list" shows all ${papers.length}`;
  throw new UsageError(`there is no paper "${name}"; ${hint}`);
}
