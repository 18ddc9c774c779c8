import katex from "katex";
import { checkText } from "../check.ts";
import { escapeHtml } from "../mail/escape-html.ts";

/**
 * TeX as HTML to be seen and MathML to be heard. What TeX does not understand is shown in its error
 * colour; commands that lead out of the formula (links, pictures, classes) are not obeyed; macros
 * expand a thousand times at most, and a formula that defines some is shown as it is written: a
 * thousand times a thousand letters would stall the page. The page needs KaTeX's style sheet.
 * @throws TypeError (`ERR_TYPE`) for what is no string, and nothing else.
 */
export function renderMath(tex: string, { display = false }: { display?: boolean } = {}): string {
  checkText("renderMath: tex", tex);
  if (definition.test(tex)) return `<code>${escapeHtml(tex)}</code>`;
  try {
    return katex.renderToString(tex, {
      displayMode: display,
      output: "htmlAndMathml",
      throwOnError: false,
      trust: false,
      strict: "ignore",
      maxExpand: 1000,
      maxSize: 20,
    });
  } catch {
    // Formulas that exhaust the stack, and the like: their source can be read.
    return `<code>${escapeHtml(tex)}</code>`;
  }
}

/** What makes a macro, in KaTeX: everything else gives an amount of HTML in proportion to the TeX. */
const definition =
  /\\(?:[egx]?def|let|futurelet|(?:re)?newcommand|providecommand|global|long)(?![a-z])/i;
