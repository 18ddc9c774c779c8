import { evaluate, type Measure, mean, pairedBootstrap } from "@daily-kernel/feed";
import { printTable } from "../peers/table.ts";
import type { Collection } from "./collection.ts";
import type { Engine } from "./engine.ts";

const MEASURES: readonly Measure[] = ["nDCG@10", "MAP", "MRR@10", "recall@100"];

/**
 * The measures of every engine, how far its nDCG@10 is from the first one's with the paired
 * bootstrap's interval, and nDCG@10 on either half of the queries. Closes the engines.
 */
export async function printQuality(
  { name, queries }: Collection,
  engines: readonly Engine[],
): Promise<void> {
  const judge = async (engine: Engine) => {
    const found = new Map<string, readonly string[]>();
    for (const { text } of queries) found.set(text, await engine.search(text, 1000));
    return evaluate(queries, ({ text }) => found.get(text)!);
  };
  const base = (await judge(engines[0]!))["nDCG@10"];
  const rows = [];
  for (const engine of engines) {
    const result = await judge(engine);
    const values = result["nDCG@10"];
    const { mean: difference, low, high } = pairedBootstrap(values, base);
    const half = (odd: number) => mean(values.filter((_, i) => i % 2 === odd)).toFixed(3);
    rows.push({
      [`${name}, ${queries.length} queries`]: engine.name,
      ...Object.fromEntries(MEASURES.map((measure) => [measure, mean(result[measure]).toFixed(4)])),
      "nDCG@10 less the first's (95 %)": `${signed(difference)} (${signed(low)}, ${signed(high)})`,
      "of every other query": `${half(0)}, ${half(1)}`,
    });
    await engine.close?.();
  }
  printTable(rows);
  console.log();
}

const signed = (value: number) => `${value < 0 ? "" : "+"}${value.toFixed(4)}`;
