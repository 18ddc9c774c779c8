import type { Figure } from "@daily-kernel/reproduction";
import type { Cell } from "./gold-set.ts";
import type { countIterations } from "./grids.ts";

/** Correct verdicts of four (one correct kernel, three faults) for each kernel and model. */
export function matrixFigure(cells: readonly Cell[]): Figure {
  const kernels = [...new Set(cells.map(({ kernel }) => kernel))];
  const columns = [...new Set(cells.map(({ column }) => column))];
  return {
    id: "matrix",
    title: "What the judge says of four kernels a cell",
    caption:
      "Of each kernel in each model: one that is right and three with a planted fault. Four is no mistake.",
    x: { label: "programming model", scale: "category" },
    y: { label: "right verdicts", unit: "of 4", scale: "linear", domain: [0, 4.5] },
    series: kernels.map((kernel) => {
      const own = columns.flatMap((column) => {
        const cell = cells.find((each) => each.kernel === kernel && each.column === column);
        return cell ? [cell] : [];
      });
      return {
        label: kernel,
        mark: "bar" as const,
        x: own.map(({ column }) => column),
        y: own.map(({ accepted, rejected }) => (accepted ? 1 : 0) + rejected),
      };
    }),
  };
}

export interface Curve {
  readonly label: string;
  readonly first: readonly number[];
  readonly mean: readonly number[];
}

export const sensitivityFigure = (curves: readonly Curve[]): Figure => ({
  id: "sensitivity",
  title: "The score by the number of suggestions that are looked at",
  caption:
    "Generators that never change: what they know stays, what they score falls with every further suggestion, and merging of repetitions gives a part of it back.",
  x: { label: "suggestions", scale: "linear" },
  y: { label: "mean score", scale: "linear", domain: [0, 1.05] },
  series: curves.map(({ label, first, mean }) => ({ label, mark: "line", x: first, y: mean })),
});

export const iterationFigure = (counts: readonly ReturnType<typeof countIterations>[]): Figure => ({
  id: "iterations",
  title: "Iterations of conjugate gradients on grid Laplacians",
  caption: "To a relative residual of 1e-10. Ours and SciPy's lie on each other.",
  x: { label: "unknowns", scale: "log" },
  y: { label: "iterations", scale: "log" },
  series: [
    { label: "ours", mark: "dot", x: counts.map((c) => c.unknowns), y: counts.map((c) => c.ours) },
    { label: "SciPy", mark: "line", ...sorted(counts) },
  ],
});

function sorted(counts: readonly ReturnType<typeof countIterations>[]) {
  const rows = counts.toSorted((a, b) => a.unknowns - b.unknowns);
  return { x: rows.map((c) => c.unknowns), y: rows.map((c) => c.scipy) };
}
