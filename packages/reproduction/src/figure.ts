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
