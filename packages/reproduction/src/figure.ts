import { require } from "./bad-input.ts";

/** One axis of a figure. */
export interface Axis {
  readonly label: string;
  readonly unit?: string;
  readonly scale: "linear" | "log" | "category";
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
  readonly series: readonly Series[];
}

/** Throws a `TypeError` that names the figure and the series at fault. */
export function checkFigure({ id, x, series }: Figure): void {
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
