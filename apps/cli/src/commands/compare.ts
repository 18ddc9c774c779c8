import { readFileSync } from "node:fs";
import {
  agree,
  describeMeasurement,
  parseRecord,
  type RunRecord,
} from "@daily-kernel/reproduction";
import { Command } from "commander";
import type { Context } from "../cli.ts";
import { UsageError } from "../exit.ts";
import { jsonText } from "../json-text.ts";

function readRecord(file: string): RunRecord {
  try {
    return parseRecord(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new UsageError(`${file} is not a run's record: ${(error as Error).message}`);
  }
}

const where = (r: RunRecord) =>
  `${r.preset}, seed ${r.seed}, ${r.device}, ${r.machine.runtime}, ${r.machine.cpu}, ${r.startedAt}`;

export const compareCommand = ({ out }: Context) =>
  new Command("compare")
    .description("two runs' records side by side")
    .argument("<a>", "a record: a JSON file that run --json, --out or --record wrote")
    .argument("<b>", "another record of the same paper")
    .option("--json", "print JSON")
    .action((fileA: string, fileB: string, { json }: { json?: boolean }) => {
      const [a, b] = [readRecord(fileA), readRecord(fileB)];
      if (a.slug !== b.slug)
        throw new UsageError(`the records are of two papers, ${a.slug} and ${b.slug}`);
      const repeated = a.preset === b.preset && a.seed === b.seed && a.device === b.device;
      const ids = [...new Set([...a.claims, ...b.claims].map((claim) => claim.id))];
      const claims = ids.map((id) => {
        const [x, y] = [a, b].map((record) => record.claims.find((claim) => claim.id === id));
        const sameVerdict = x?.verdict === y?.verdict;
        const numbers = x?.measured && y?.measured ? agree(x.measured, y.measured) : null;
        return { id, a: x ?? null, b: y ?? null, sameVerdict, agree: repeated ? numbers : null };
      });
      if (json) {
        const pairs = claims.map(({ id, sameVerdict, agree, ...two }) => ({
          id,
          sameVerdict,
          agree,
          a: two.a && { verdict: two.a.verdict, measured: two.a.measured },
          b: two.b && { verdict: two.b.verdict, measured: two.b.measured },
        }));
        out.write(jsonText({ slug: a.slug, claims: pairs }));
        return;
      }
      out.write(`A  ${where(a)}\nB  ${where(b)}\n`);
      for (const claim of claims) {
        const remarks = [
          claim.sameVerdict ? [] : ["verdicts differ"],
          claim.agree === false ? ["numbers differ by more than the same seed promises"] : [],
        ].flat();
        out.write(`\n${claim.id}${remarks.length ? `  (${remarks.join("; ")})` : ""}\n`);
        for (const [name, one] of [
          ["A", claim.a],
          ["B", claim.b],
        ] as const)
          out.write(
            `  ${name}  ${one ? `${one.verdict}: ${describeMeasurement(one)}` : "no such claim"}\n`,
          );
      }
    });
