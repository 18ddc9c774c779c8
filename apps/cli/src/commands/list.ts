import { isBuilt, readPapers } from "@daily-kernel/reproduction/node";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { jsonText } from "../json-text.ts";

export const listCommand = ({ root, out }: Context) =>
  new Command("list")
    .description("all papers, the latest first")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const papers = (await readPapers(root)).map((paper) => ({
        slug: paper.slug,
        arxiv: paper.arxiv,
        submitted: paper.submitted,
        title: paper.title,
        topics: paper.topics,
        built: isBuilt(root, paper.slug),
        claims: paper.claims.length,
      }));
      if (json) {
        out.write(jsonText(papers));
        return;
      }
      const width = Math.max(0, ...papers.map((p) => p.slug.length));
      for (const p of papers)
        out.write(
          `${p.submitted}  ${p.slug.padEnd(width)}  ${p.built ? "runs     " : "not built"}  ${p.title}\n`,
        );
    });
