import { DOMParser } from "linkedom";
import type { Figure } from "./figure.ts";
import { drawFigure } from "./plot.ts";

/** An SVG document in memory: it serialises as XML, with every attribute escaped. */
const emptySvg = () =>
  new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml");

/** Characters that XML has no way to write. */
const unwritable = /(?![\t\n\r])\p{Cc}/gu;

/** A figure as a standalone SVG document, for files, reports and server-rendered pages. */
export function figureToSvg(figure: Figure): string {
  const svg = drawFigure(figure, emptySvg() as unknown as Document);
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return svg.toString().replace(unwritable, "");
}
