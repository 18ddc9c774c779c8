import { Argument, Command } from "commander";
import type { Context } from "../cli.ts";
import { Exit } from "../exit.ts";
import { integer } from "../integer.ts";
import { jsonText } from "../json-text.ts";
import { operate } from "../operate.ts";

interface Options {
  set?: string;
  category?: string[];
  search?: string;
  ids?: string[];
  from?: string;
  until?: string;
  max?: number;
  list: boolean;
  json?: boolean;
}

/** Collects an option that may be given several times, or with commas. */
const many = (text: string, before: string[] = []) => [
  ...before,
  ...text.split(",").flatMap((part) => part.trim() || []),
];

export const ingestCommand = (context: Context) =>
  new Command("ingest")
    .description("bring papers from arXiv")
    .addArgument(
      new Argument("[source]", "without one: what is new in the categories of INGEST").choices([
        "oai",
        "rss",
        "query",
        "ids",
      ]),
    )
    .option("--set <set>", "oai: the set to harvest, such as cs or cs:cs:LG")
    .option("--from <day>", "oai: first day of modification; by default it goes on where it was")
    .option("--until <day>", "oai: last day of modification")
    .option("--category <name>", "rss: what to read; others: list only papers in these", many)
    .option("--search <query>", "query: in arXiv's syntax, such as 'cat:cs.LG AND ti:kernel'")
    .option("--max <n>", "query: at most so many papers", integer(1, 30_000))
    .option("--ids <list>", "ids: arXiv identifiers, with commas between", many)
    .option("--list", "let what is new enter the feed, not only be known", false)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\narXiv is asked once in three seconds, so that large harvests take hours; Ctrl-C ends one, and\nthe same command goes on with it.",
    )
    .action(async (source: "oai" | "rss" | "query" | "ids" | undefined, options: Options) => {
      const { category, json, ...rest } = options;
      const reports = await operate(context, "ingest", {
        ...rest,
        ...(source && { source }),
        ...(category && { categories: category }),
      }).catch((error: Error) => {
        if (error.name !== "AbortError") throw error;
        context.err.write("cancelled; what was read until then is kept\n");
        throw new Exit(130);
      });
      if (json) {
        context.out.write(jsonText(reports));
        return;
      }
      for (const { source, papers, added, changed, listed, skipped, missing } of reports) {
        context.out.write(
          `${source}: ${papers} papers, ${added} new, ${changed} changed, ${listed} entered the feed\n`,
        );
        for (const one of skipped)
          context.out.write(`  could not be read: ${JSON.stringify(one)}\n`);
        if (missing.length) context.out.write(`  arXiv does not know ${missing.join(", ")}\n`);
      }
    });
