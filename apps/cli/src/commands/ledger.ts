import { ledgerRow, tally } from "@daily-kernel/reproduction";
import { readLedgerEntries } from "@daily-kernel/reproduction/node";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { jsonText } from "../json-text.ts";
import { verdictMark } from "../text.ts";

export const ledgerCommand = ({ root, out }: Context) =>
  new Command("ledger")
    .description("every claim of every paper, with what was measured")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const papers = (await readLedgerEntries(root)).map(ledgerRow);
      if (json) {
        out.write(jsonText({ papers }));
        return;
      }
      for (const paper of papers) {
        out.write(`${paper.slug}${paper.built ? "" : " (not built yet)"}\n`);
        for (const claim of paper.claims) {
          const when = claim.recordedAt?.slice(0, 10) ?? "";
          out.write(
            `  ${verdictMark(claim)} ${claim.id} ${when}${claim.stale ? " (stale)" : ""}\n`,
          );
        }
      }
      const claims = papers.flatMap((paper) => paper.claims);
      out.write(`\n${papers.length} papers, ${claims.length} claims: ${tally(claims)}\n`);
    });
