import type { Figure } from "@daily-kernel/reproduction";
import { legendre, productBasis, Rng } from "@daily-kernel/sampling";
import type { Laws } from "./grid.ts";
import type { Trials } from "./trials.ts";

/** Trials of several laws at several sizes. */
export type Grid = ReadonlyMap<string, ReadonlyMap<number, Trials>>;

/** Mean errors, and what lies between the median and the 95 % quantile. */
export function errorFigure(grid: Grid, m: number): Figure {
  const laws = [...grid].filter(([, sizes]) => sizes.size > 0);
  return {
    id: "errors",
    title: `Squared error over the best one, ${m} Legendre polynomials`,
    caption:
      "Lines join the means; bars reach from the median to the 95 % quantile. A mean far above its bar is made by a few useless fits.",
    x: { label: "points", scale: "log" },
    y: { label: "squared error over the best", scale: "log" },
    series: laws.map(([label, sizes]) => ({
      label,
      mark: "line",
      x: [...sizes.keys()],
      y: [...sizes.values()].map(({ mean }) => mean),
      interval: [...sizes.values()].map(({ median, upper }) => [median, upper] as const),
    })),
  };
}

/** Which share of the runs is above each error. */
export function tailFigure(grid: Grid, n: number): Figure {
  return {
    id: "tails",
    title: `Runs that end above an error, ${n} points`,
    caption:
      "The typical fit of independent points is only some times worse; their mean is ruined by the runs in the tail, which repulsion cuts off.",
    x: { label: "squared error over the best", scale: "log" },
    y: { label: "share of runs above", scale: "log" },
    series: [...grid].flatMap(([label, sizes]) => {
      const errors = sizes.get(n)?.errors;
      if (errors === undefined) return [];
      const runs = errors.length;
      const at = [
        ...new Set(
          Array.from({ length: 60 }, (_, q) => Math.floor(runs * (1 - (0.9 / runs) ** (q / 59)))),
        ),
      ].filter((i) => i < runs);
      return [
        {
          label,
          mark: "line" as const,
          x: at.map((i) => errors[i]!),
          y: at.map((i) => 1 - i / runs),
        },
      ];
    }),
  };
}

/** A draw of each law in the square, for the eye. */
export function pointsFigure(laws: Laws, seed: number): Figure[] {
  const basis = productBasis({ families: [legendre(), legendre()], degree: 10 });
  return laws.map(([label, draw], k) => {
    const { points } = draw(basis, basis.features, new Rng(seed, `view ${k}`));
    return {
      id: `points-${k}`,
      title: label,
      caption: `${basis.features} points for as many polynomials of two variables.`,
      x: { label: "x", scale: "linear", domain: [-1, 1] },
      y: { label: "y", scale: "linear", domain: [-1, 1] },
      aspect: "square",
      series: [
        {
          label,
          mark: "dot",
          x: Array.from({ length: points.rows }, (_, i) => points.data[2 * i]!),
          y: Array.from({ length: points.rows }, (_, i) => points.data[2 * i + 1]!),
        },
      ],
    };
  });
}

/** Multiples of m that make the Gram matrix stable. */
export function neededFigure(
  sizes: readonly number[],
  multiples: Readonly<Record<string, readonly number[]>>,
): Figure {
  return {
    id: "needed",
    title: "Points a coefficient for a stable fit in nine runs of ten",
    caption:
      "All eigenvalues of the Gram matrix above one half. Independent points need a multiple that grows like log m; volume sampling, with only m of its points repelling, hardly less.",
    x: { label: "coefficients m", scale: "log" },
    y: { label: "points over m", scale: "linear" },
    series: Object.entries(multiples).map(([label, y]) => ({
      label,
      mark: "line",
      x: sizes.slice(0, y.length),
      y,
    })),
  };
}

/** What rows of a real table give. */
export function tableFigure(results: readonly (readonly [string, Trials])[]): Figure {
  return {
    id: "table",
    title: "Fitting a concrete table from 90 of its 1030 rows",
    caption:
      "Squared error of the whole table over that of the fit to all rows: mean, and from the median to the 95 % quantile.",
    x: { label: "rows chosen by", scale: "category" },
    y: { label: "squared error over the best", scale: "log" },
    series: [
      {
        label: "mean",
        mark: "dot",
        x: results.map(([label]) => label),
        y: results.map(([, { mean }]) => mean),
        interval: results.map(([, { median, upper }]) => [median, upper] as const),
      },
    ],
  };
}
