import {
  describeCriterion,
  describeMeasurement,
  describeReported,
  ledgerRow,
} from "@daily-kernel/reproduction";
import { isBuilt, readLedgerEntry } from "@daily-kernel/reproduction/node";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { findPaper } from "../find-paper.ts";
import { jsonText } from "../json-text.ts";
import { verdictMark, wrap } from "../text.ts";

export const showCommand = ({ root, out }: Context) =>
  new Command("show")
    .description("a paper's facts, summary and claims")
    .argument("<slug>", "the paper's slug or arXiv identifier")
    .option("--json", "print JSON")
    .action(async (slug: string, { json }: { json?: boolean }) => {
      const paper = await findPaper(root, slug);
      const built = isBuilt(root, paper.slug);
      const { claims } = ledgerRow(await readLedgerEntry(root, paper));
      if (json) {
        out.write(jsonText({ ...paper, built, claims }));
        return;
      }
      const authors = paper.authors.length
        ? paper.authors.join(", ")
        : `${paper.authorCount} authors`;
      const lines = [
        paper.title,
        `${authors} · arXiv ${paper.arxiv} · ${paper.submitted} · ${paper.topics.join(", ")}`,
        "",
        wrap(paper.summary),
        "",
        ...claims.flatMap((claim) => [
          wrap(`${verdictMark(claim)} ${claim.statement}`, "  "),
          `    reported  ${describeReported(claim.reported)}`,
          `    holds if  ${claim.quantity} ${describeCriterion(claim.holdsIf)}`,
          `    measured  ${describeMeasurement(claim)}`,
          "",
        ]),
        built ? `daily-kernel run ${paper.slug}` : "not built yet: there is nothing to run",
      ];
      out.write(`${lines.join("\n")}\n`);
    });
