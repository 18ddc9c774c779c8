import MarkdownIt from "markdown-it";
import { mathAt } from "../arxiv/math-spans.ts";
import { MathBudget } from "./math-budget.ts";
import { sanitise } from "./sanitise.ts";
import { visibleText } from "./visible-text.ts";

/** What the rules of one text share. */
interface Environment {
  readonly budget: MathBudget;
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
// Titles belong to the page, and pictures would call their servers.
markdown.disable(["heading", "lheading", "image"]);
// Only what begins with a scheme becomes a link by itself.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
markdown.validateLink = (url) => /^(?:https?:\/\/|mailto:|\/(?!\/)|#)/i.test(url.trim());

markdown.inline.ruler.before("escape", "mathematics", (state, silent) => {
  if (state.src[state.pos] !== "$") return false;
  const span = mathAt(state.src, state.pos);
  if (span === null || span.to > state.posMax) return false;
  if (!silent) {
    const token = state.push("mathematics", "", 0);
    token.content = state.src.slice(span.from + span.delimiter, span.to - span.delimiter);
    token.meta = { display: span.kind === "display" };
  }
  state.pos = span.to;
  return true;
});
markdown.renderer.rules.mathematics = (tokens, index, _options, { budget }: Environment) =>
  budget.render(tokens[index]!.content, tokens[index]!.meta as { display: boolean });

/**
 * A comment as HTML that is safe in a page: Markdown without raw HTML, pictures and headings, with
 * `$…$` and `$$…$$` for mathematics, as much of it as a comment has any use for. The page needs
 * KaTeX's style sheet.
 */
export const renderMarkdown = (text: string): string => render(text, new MathBudget("text"));

/** All comments of a page, which share what mathematics the page may hold. */
export function renderThread(texts: readonly string[]): string[] {
  const page = new MathBudget("page");
  return texts.map((text) => render(text, new MathBudget("text", page)));
}

const render = (text: string, budget: MathBudget): string =>
  sanitise(markdown.render(visibleText(text), { budget } satisfies Environment));
