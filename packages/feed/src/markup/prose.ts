import { mathSpans } from "../arxiv/math-spans.ts";
import { escapeHtml } from "../mail/escape-html.ts";
import { KeptTexts } from "./kept-texts.ts";
import { MathBudget } from "./math-budget.ts";
import { mathToText } from "./math-to-text.ts";
import { sanitise } from "./sanitise.ts";
import { visibleText } from "./visible-text.ts";

const mapSpans = (
  text: string,
  prose: (text: string) => string,
  math: (tex: string, display: boolean) => string,
): string =>
  mathSpans(text)
    .map(({ kind, from, to, delimiter }) => {
      const inside = text.slice(from + delimiter, to - delimiter);
      return kind === "prose" ? prose(inside) : math(inside, kind === "display");
    })
    .join("");

/** A formula takes KaTeX half a millisecond, and a page of the feed has a hundred: 8 MB at most. */
const kept = new KeptTexts(4_000_000);

/**
 * A title, an abstract or a summary as HTML for the inside of a paragraph: its mathematics set, all
 * else as it stands. A dollar sign that opens no formula is a price.
 */
export const proseToHtml = (text: string): string => kept.of(visibleText(text), render);

function render(text: string): string {
  const budget = new MathBudget("text");
  return mapSpans(text, escapeHtml, (tex, display) => sanitise(budget.render(tex, { display })));
}

/** The same as plain text: mathematics in Unicode as far as that goes (`x² ≤ α`). */
export const proseToText = (text: string): string =>
  mapSpans(visibleText(text), (prose) => prose, mathToText);
