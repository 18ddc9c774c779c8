import type { ClaimCell, ClaimCounts, Verdict } from "../papers/paper-view.ts";

/** Each verdict's sign, which tells it without colour. */
export const signs: Readonly<Record<Verdict, string>> = {
  holds: "✓",
  fails: "✗",
  inconclusive: "?",
  "not-measured": "–",
};

/** The strip as text: `[✓✓✗–]`. */
export const stripText = (cells: readonly ClaimCell[]): string =>
  `[${cells.map(({ verdict }) => signs[verdict]).join("")}]`;

/** The counts in words: `5 hold, 1 fails, 2 not measured`. */
export function countsInWords({ holds, fails, inconclusive, notMeasured }: ClaimCounts): string {
  const parts: [number, string, string][] = [
    [holds, "holds", "hold"],
    [fails, "fails", "fail"],
    [inconclusive, "inconclusive", "inconclusive"],
    [notMeasured, "not measured", "not measured"],
  ];
  return parts
    .filter(([n]) => n > 0)
    .map(([n, one, many]) => `${n} ${n === 1 ? one : many}`)
    .join(", ");
}

const looks: Readonly<Record<Verdict, string>> = {
  holds: "color:#ffffff;background:#0d7d5e;border-color:#0d7d5e",
  fails: "color:#ffffff;background:#c4391f;border-color:#c4391f",
  inconclusive: "color:#1d1c1a;background:#f3d28a;border-color:#b07a0c",
  "not-measured": "color:#514e48;background:#ffffff;border-color:#98938a",
};

/**
 * The strip as HTML: a sign and a colour a claim, a dashed edge where the scale was simulated. It is
 * hidden from screen readers: the counts in words stand beside it.
 */
export const stripHtml = (cells: readonly ClaimCell[]): string =>
  `<span aria-hidden="true">${cells.map(cellHtml).join("")}</span>`;

const cellHtml = ({ verdict, scale, stale }: ClaimCell): string =>
  `<span style="display:inline-block;width:16px;height:16px;line-height:16px;margin-right:3px;` +
  `text-align:center;font-size:12px;border:1px ${scale === "simulated" ? "dashed" : "solid"};` +
  `border-radius:3px;${looks[verdict]}${stale ? ";opacity:.6" : ""}">${signs[verdict]}</span>`;
