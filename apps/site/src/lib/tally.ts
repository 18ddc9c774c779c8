import type { Verdict } from "@daily-kernel/reproduction";
import { verdictWord } from "./format.ts";

const plural: Partial<Record<Verdict, string>> = { holds: "hold", fails: "fail" };

/** The verdict as it goes with a number, `2 hold`, `1 fails`. */
export const verdictAfter = (n: number, verdict: Verdict): string =>
  (n !== 1 && plural[verdict]) || verdictWord[verdict];

/**
 * A strip in words, `5 hold, 1 fails, 2 not measured`. The same as `tally` of the reproduction
 * package, whose import would bring its record schema to every page.
 */
export function tallyOf(cells: readonly { readonly verdict: Verdict }[]): string {
  return (Object.keys(verdictWord) as Verdict[])
    .map((verdict) => ({ verdict, n: cells.filter((cell) => cell.verdict === verdict).length }))
    .filter(({ n }) => n > 0)
    .map(({ verdict, n }) => `${n} ${verdictAfter(n, verdict)}`)
    .join(", ");
}
