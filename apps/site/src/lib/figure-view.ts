import type { Figure } from "@daily-kernel/reproduction";
import { figureToSvg } from "@daily-kernel/reproduction/svg";
import { prettyExponents } from "./format.ts";

/** A drawn figure. */
export interface FigureView {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Missing in the data of a page, whose HTML has the drawing already. */
  readonly svg?: string;
}

/**
 * Draws a figure as SVG mark-up, on the server and in the worker of a run alike, so that no page
 * waits for a plot. Its style element would need an exception in the content-security policy (the
 * site's own style sheet says the same), and its groups may not carry labels inside an image.
 */
export const figureView = (figure: Figure): FigureView => ({
  id: figure.id,
  title: prettyExponents(figure.title),
  caption: prettyExponents(figure.caption),
  svg: figureToSvg(figure)
    .replace(/<style>.*?<\/style>/s, "")
    .replaceAll(/(<g\b[^>]*?) aria-label="[^"]*"/g, "$1"),
});
