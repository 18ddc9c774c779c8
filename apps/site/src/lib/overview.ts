import type { Verdict } from "@daily-kernel/reproduction";

/** Papers as thin bars: a group for each paper, a bar for each claim. */
export interface Overview {
  readonly width: number;
  readonly bars: readonly { readonly verdict: Verdict; readonly d: string }[];
}

/** Height of the drawing. Bars tell verdicts apart by height: a claim not measured is a stub. */
export const overviewHeight = 32;
const heights: Record<Verdict, number> = {
  holds: 32,
  fails: 24,
  inconclusive: 17,
  "not-measured": 9,
};

export function paintOverview(papers: readonly (readonly Verdict[])[]): Overview {
  const paths = new Map<Verdict, string>();
  let x = 0;
  for (const claims of papers) {
    for (const verdict of claims) {
      const height = heights[verdict];
      paths.set(verdict, `${paths.get(verdict) ?? ""}M${x + 1} ${overviewHeight}v-${height}`);
      x += 3;
    }
    x += 4;
  }
  return { width: Math.max(0, x - 5), bars: [...paths].map(([verdict, d]) => ({ verdict, d })) };
}
