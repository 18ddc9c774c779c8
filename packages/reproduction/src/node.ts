export { reportHtml } from "./report.ts";
export { figureToSvg } from "./svg.ts";
