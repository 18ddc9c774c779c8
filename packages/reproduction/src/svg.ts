import { parseHTML } from "linkedom";
import type { Figure } from "./figure.ts";
import { drawFigure } from "./plot.ts";

/** A figure as a standalone SVG document, for files, reports and server-rendered pages. */
export function figureToSvg(figure: Figure): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const svg = drawFigure(figure, document as unknown as Document);
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return svg.outerHTML;
}
