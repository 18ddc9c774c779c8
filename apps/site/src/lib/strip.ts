import type { Scale, Verdict } from "@daily-kernel/reproduction";

/** One cell of a claim strip. */
export interface Cell {
  readonly verdict: Verdict;
  readonly scale: Scale;
  readonly stale: boolean;
}

/** How a stroke is drawn; colour follows the verdict. */
type Part = "outline" | "broken" | "fill" | "faint" | "hatch" | "cross";

export interface Stroke {
  readonly verdict: Verdict;
  readonly part: Part;
  readonly d: string;
}

/** A cell is 12 by 22; the next one starts 16 further, the next line 28 lower. */
export const cellSize = { width: 12, height: 22, step: 16, line: 28 };

/** Diagonals of a cell, clipped to the part of it between `top` and its foot. */
function hatch(x: number, y: number, top: number, gap = 4): string {
  const [left, right, foot] = [1, 11, 21];
  let d = "";
  for (let sum = top + left + 2; sum < right + foot; sum += gap) {
    const low = Math.min(foot, sum - left);
    const high = Math.max(top, sum - right);
    d += `M${x + sum - low} ${y + low}l${low - high} ${high - low}`;
  }
  return d;
}

const box = (x: number, y: number, top: number) =>
  `M${x + 0.75} ${y + top}h10.5v${21.25 - top}h-10.5z`;

/**
 * A cell as strokes. Shape tells the verdict without colour: full (holds), crossed (fails), half
 * full (inconclusive), empty (not measured). A simulated claim is hatched instead of filled, sparsely
 * where nothing is measured; a stale one has a broken outline.
 */
function paintCell({ verdict, scale, stale }: Cell, x: number, y: number): [Part, string][] {
  const strokes: [Part, string][] = [[stale ? "broken" : "outline", box(x, y, 0.75)]];
  const top = verdict === "inconclusive" ? 11 : 1;
  if (scale === "simulated")
    strokes.push(["hatch", hatch(x, y, top, verdict === "not-measured" ? 10 : 4)]);
  else if (verdict === "holds" || verdict === "inconclusive")
    strokes.push([stale ? "faint" : "fill", box(x, y, top === 1 ? 0.75 : 11)]);
  if (verdict === "inconclusive" && scale === "simulated")
    strokes.push(["hatch", `M${x + 1} ${y + 11}h10`]);
  if (verdict === "fails") strokes.push(["cross", `M${x + 2.5} ${y + 4.5}l7 13m0-13l-7 13`]);
  return strokes;
}

/** A whole strip as few strokes, one for each verdict and part: a feed draws hundreds of cells. */
export function paintStrip(cells: readonly Cell[], perLine: number): Stroke[] {
  const strokes = new Map<string, { verdict: Verdict; part: Part; d: string }>();
  cells.forEach((cell, i) => {
    const x = (i % perLine) * cellSize.step;
    const y = Math.floor(i / perLine) * cellSize.line;
    for (const [part, d] of paintCell(cell, x, y)) {
      const key = `${cell.verdict} ${part}`;
      const stroke = strokes.get(key) ?? { verdict: cell.verdict, part, d: "" };
      stroke.d += d;
      strokes.set(key, stroke);
    }
  });
  return [...strokes.values()];
}
