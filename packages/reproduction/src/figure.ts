import { require } from "./bad-input.ts";

/** One axis of a figure. */
export interface Axis {
  readonly label: string;
  readonly unit?: string;
  readonly scale: "linear" | "log" | "category";
  /** The ends of an axis of numbers; those of the data by default. */
  readonly domain?: readonly [number, number];
}

/** One set of marks, named in the legend. */
export interface Series {
  readonly label: string;
  readonly mark: "line" | "dot" | "bar";
  readonly x: readonly (number | string)[];
  readonly y: readonly number[];
  /** Low and high ends of an error bar for each point. */
  readonly interval?: readonly (readonly [number, number])[];
}

/** A plot as plain data; `renderFigure` draws it the same in a browser, a report and the CLI. */
export interface Figure {
  /** Unique in the run: drawing the same id again replaces the figure, as numbers arrive. */
  readonly id: string;
  readonly title: string;
  /** What to see in it, one or two sentences. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  /** "square" draws both axes in one length; wider than high by default. */
  readonly aspect?: "square";
  readonly series: readonly Series[];
}

/** Throws a `TypeError` that names the figure and the series at fault. */
export function checkFigure({ id, x, y, series }: Figure): void {
  for (const { label, scale, domain } of [x, y]) {
    if (domain === undefined) continue;
    const [low, high] = domain;
    const fits = scale === "linear" || (scale === "log" && low > 0);
    require(fits &&
      Number.isFinite(high - low) &&
      low <
        high, `figure ${id}, axis ${label}: domain must rise between finite numbers that the scale has, got ${low}, ${high} on ${scale}`);
  }
  for (const { label, mark, x: across, y: up, interval } of series) {
    const name = `figure ${id}, series ${label}`;
    require(across.length === up.length &&
      (!interval ||
        interval.length ===
          up.length), `${name}: x, y and interval must be of one length, got ${across.length}, ${up.length} and ${interval?.length ?? "none"}`);
    const category = x.scale === "category";
    require(mark !== "bar" || category, `${name}: bars need an x axis of categories`);
    const bad = across.find((value) => !category && !Number.isFinite(value));
    require(bad === undefined, `${name}: x must be finite numbers, got ${bad}`);
    const numbers = [...up, ...(interval ?? []).flat()];
    const wrong = numbers.find((value) => !Number.isFinite(value));
    require(wrong === undefined, `${name}: y and interval must be finite numbers, got ${wrong}`);
  }
}
