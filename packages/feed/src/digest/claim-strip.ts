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
  holds: "#0d7d5e;background:#0d7d5e;color:#fff",
  fails: "#c4391f;background:#c4391f;color:#fff",
  inconclusive: "#b07a0c;background:#f3d28a;color:#1d1c1a",
  "not-measured": "#98938a;background:#fff;color:#514e48",
};

/**
 * The strip as HTML: a sign and a colour a claim, a dashed edge where the scale was simulated. It is
 * hidden from screen readers: the counts in words stand beside it. Short, since a mail has hundreds.
 */
export const stripHtml = (cells: readonly ClaimCell[]): string =>
  `<span aria-hidden="true" style="font:12px/20px monospace">${cells.map(cellHtml).join("")}</span>`;

const cellHtml = ({ verdict, scale, stale }: ClaimCell): string =>
  `<b style="padding:0 4px;margin-right:2px;${stale ? "opacity:.6;" : ""}` +
  `border:1px ${scale === "simulated" ? "dashed" : "solid"} ${looks[verdict]}">${signs[verdict]}</b>`;
