import * as Plot from "@observablehq/plot";
import { type Axis, checkFigure, type Figure, type Series } from "./figure.ts";

/**
 * Okabe and Ito's colours, told apart with any colour vision; the first follows the text colour so
 * that it shows on light and on dark.
 */
const colours = ["currentColor", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const dashes = ["none", "6 3", "2 3", "8 3 2 3"];
const symbols = ["circle", "square", "triangle", "diamond", "cross", "star", "wye"] as const;

const nth = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
const legendLine = 18;
/** Width of a letter, generously, in pixels. */
const letter = 7;
const marginLeft = 64;
const marginRight = 16;

/** Width of the whole figure and height of its frame, in pixels. */
const size = ({ aspect }: Figure) =>
  aspect === "square"
    ? { width: marginLeft + 300 + marginRight, frame: 300 }
    : { width: 640, frame: 252 };

const axisLabel = (axis: Axis) => (axis.unit ? `${axis.label} (${axis.unit})` : axis.label);

interface Point {
  x: number | string;
  y: number;
  low: number;
  high: number;
}

/** Numbers closer to zero than this, all denormals among them, are drawn as zero. */
const invisible = 1e-300;

/** The points that the axes can show: a logarithmic axis has no place for zero. */
function points(series: Series, figure: Figure): Point[] {
  const shown = (value: number | string, axis: Axis) =>
    axis.scale !== "log" || Number(value) >= invisible;
  const flush = (value: number) => (Math.abs(value) < invisible ? 0 : value);
  return series.x
    .map((x, i) => {
      const y = flush(series.y[i]!);
      const [low, high] = series.interval?.[i] ?? [y, y];
      return {
        x: typeof x === "number" ? flush(x) : x,
        y,
        low: flush(low),
        high: flush(high),
      };
    })
    .filter((p) => shown(p.x, figure.x) && shown(p.y, figure.y));
}

/** Dots beyond this number in a figure are filled, and the smaller the more there are. */
const manyDots = 400;

/**
 * Thousands of dots as the caps of one path of strokes without length: an element each would cost the
 * page more than the run. The first series is round, the second square, and so on in turn.
 */
function crowd(data: readonly Point[], total: number, index: number): Plot.Markish {
  const render: Plot.RenderFunction = (indices, _scales, { x, y }, _dimensions, { document }) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const d = Array.from(indices, (i) => `M${x![i]!.toFixed(2)},${y![i]!.toFixed(2)}h0`).join("");
    path.setAttribute("d", d);
    path.setAttribute("fill", "none");
    path.setAttribute("stroke", nth(colours, index));
    path.setAttribute("stroke-width", Math.max(1, 95 / Math.sqrt(total)).toFixed(2));
    path.setAttribute("stroke-linecap", index % 2 === 0 ? "round" : "square");
    return path;
  };
  return Plot.dot(data, { x: "x", y: "y", render });
}

function marks(series: Series, index: number, figure: Figure): Plot.Markish[] {
  const data = points(series, figure);
  const stroke = nth(colours, index);
  // Bars stand side by side: one facet a category, one place in it a series.
  const at = series.mark === "bar" ? { fx: "x", x: () => series.label } : { x: "x" };
  const spread = series.interval
    ? [Plot.ruleX(data, { ...at, y1: "low", y2: "high", stroke: "currentColor" })]
    : [];
  switch (series.mark) {
    case "line": {
      const strokeDasharray = nth(dashes, index);
      const line = Plot.line(data, { ...at, y: "y", stroke, strokeWidth: 2, strokeDasharray });
      // a line through one point would be nothing
      const only =
        data.length === 1 ? [Plot.dot(data, { ...at, y: "y", stroke, fill: stroke })] : [];
      return [line, ...only, ...spread];
    }
    case "dot": {
      const total = figure.series.reduce((n, s) => n + (s.mark === "dot" ? s.x.length : 0), 0);
      if (total > manyDots) return [crowd(data, total, index), ...spread];
      return [
        Plot.dot(data, { ...at, y: "y", stroke, r: 2.5, symbol: nth(symbols, index) }),
        ...spread,
      ];
    }
    case "bar":
      return [Plot.barY(data, { ...at, y: "y", fill: stroke, fillOpacity: 0.7 }), ...spread];
  }
}

const superscripts: Record<string, string> = { "-": "⁻" };
[..."⁰¹²³⁴⁵⁶⁷⁸⁹"].forEach((digit, i) => {
  superscripts[i] = digit;
});

/** Decades as powers of ten: `10⁻³`; nothing between them. */
function decade(value: number): string {
  const exponent = Math.log10(value);
  if (Math.abs(exponent - Math.round(exponent)) > 1e-9) return "";
  if (exponent >= 0 && exponent <= 3) return String(value);
  return `10${[...String(Math.round(exponent))].map((c) => superscripts[c]).join("")}`;
}

/** Least and greatest, of any number of values. */
const extent = (values: readonly number[]): [number, number] =>
  values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);

/** A logarithmic axis over less than a decade would have no decade to name. */
function numeric(axis: Axis, values: readonly number[]) {
  const { domain } = axis;
  const common = { label: axisLabel(axis), ...(domain && { domain }) };
  if (axis.scale !== "log") return { type: "linear", ...common };
  const [low, high] = domain ?? extent(values);
  return { type: "log", ...common, tickFormat: high / low >= 20 ? decade : undefined };
}

/** Categories stand in their order of appearance; names too long for their place are tilted. */
function categories(figure: Figure, all: readonly Point[]) {
  const domain = [...new Set(all.map((p) => String(p.x)))];
  const longest = Math.max(0, ...domain.map((name) => name.length));
  const { width } = size(figure);
  const tilted = longest * domain.length * 7 > width - marginLeft;
  const half = (width - marginLeft - marginRight) / domain.length / 2;
  const overhang = (domain[0]?.length ?? 0) * letter * Math.cos(Math.PI / 6) - half;
  return {
    marginBottom: tilted ? 44 + longest * 3.5 : 44,
    marginLeft: tilted ? Math.max(marginLeft, Math.ceil(overhang) + 8) : marginLeft,
    axis: {
      domain,
      label: axisLabel(figure.x),
      labelAnchor: "center",
      ...(tilted && { tickRotate: -30, labelOffset: 40 + longest * 3.5 }),
    },
  };
}

/** The horizontal scale: numbers, categories, or, for bars, categories with a place a series. */
function horizontal(figure: Figure, all: readonly Point[]) {
  const numbers = all.map((p) => Number(p.x));
  if (figure.x.scale !== "category")
    return {
      marginBottom: 44,
      marginLeft,
      x: { ...numeric(figure.x, numbers), labelAnchor: "center" },
    };
  const { axis, ...margins } = categories(figure, all);
  if (!figure.series.some((series) => series.mark === "bar"))
    return { ...margins, x: { type: "point", padding: 0.5, ...axis } };
  const labels = figure.series.map((series) => series.label);
  return { ...margins, fx: axis, x: { axis: null, domain: labels } };
}

const sampleLine: Plot.VectorShape = {
  draw(context, length) {
    context.moveTo(0, -length / 2);
    context.lineTo(0, length / 2);
  },
};

/** Names the series above the plot, in as many lines as they need, each with its own mark. */
function legend(series: readonly Series[], width: number) {
  let x = 0;
  let line = 0;
  const placed = series.map((one, index) => {
    const advance = 44 + one.label.length * letter;
    if (x > 0 && x + advance > width - marginLeft) {
      x = 0;
      line++;
    }
    const at = { dx: x, line, index, one };
    x += advance;
    return at;
  });
  const height = (line + 1) * legendLine;
  return {
    height,
    marks: placed.flatMap(({ dx, line, index, one }) => {
      const dy = line * legendLine - height + 2;
      const at = { frameAnchor: "top-left", facet: "super", dx: dx + 10, dy } as const;
      const stroke = nth(colours, index);
      const sample =
        one.mark === "line"
          ? Plot.vector([0], {
              ...at,
              stroke,
              shape: sampleLine,
              length: 20,
              rotate: 90,
              strokeWidth: 2,
              strokeDasharray: nth(dashes, index),
            })
          : one.mark === "dot"
            ? Plot.dot([0], { ...at, stroke, symbol: nth(symbols, index) })
            : Plot.dot([0], { ...at, fill: stroke, symbol: "square", r: 6 });
      return [
        sample,
        Plot.text([one.label], { ...at, dx: dx + 26, textAnchor: "start", lineAnchor: "middle" }),
      ];
    }),
  };
}

/**
 * Draws a figure as one SVG element, legend included, in the colours of the text around it. The
 * same code serves a page (its own `document`) and, over a DOM in memory, the CLI and the reports.
 * Throws a `TypeError` for numbers that are not finite and for lengths that differ.
 */
export function drawFigure(figure: Figure, document: Document): SVGSVGElement {
  checkFigure(figure);
  const key = legend(figure.series, size(figure).width);
  const all = figure.series.flatMap((series) => points(series, figure));
  const { marginBottom, ...across } = horizontal(figure, all);
  const { width, frame } = size(figure);
  const heights = all.flatMap((p) => [p.low, p.high]);
  const svg = Plot.plot({
    document,
    width,
    height: frame + 24 + marginBottom + key.height,
    marginTop: key.height + 24,
    marginRight,
    marginBottom,
    ariaLabel: figure.title,
    ariaDescription: figure.caption,
    style: { background: "none", maxWidth: "100%", height: "auto", fontSize: "12px" },
    ...across,
    y: { ...numeric(figure.y, heights), grid: true },
    marks: [...figure.series.flatMap((s, i) => marks(s, i, figure)), ...key.marks],
  } as Plot.PlotOptions);
  svg.setAttribute("role", "img");
  if (figure.aspect) svg.setAttribute("data-aspect", figure.aspect);
  return svg as SVGSVGElement;
}
