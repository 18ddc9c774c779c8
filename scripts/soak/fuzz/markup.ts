import {
  mathToText,
  proseToHtml,
  proseToText,
  renderMarkdown,
  renderThread,
} from "@daily-kernel/feed";
import { must } from "../must.ts";
import { checkHtml } from "./check-html.ts";
import { hostileMarkup } from "./hostile-markup.ts";
import { type Target, target } from "./target.ts";

/** Comments, titles and abstracts as HTML: nothing in them runs, loads, or leads astray. */
export const markup: Target = target({
  name: "Markdown and mathematics",
  share: 20,
  values: hostileMarkup,
  attempt(text) {
    const comment = renderMarkdown(text);
    checkHtml(comment);
    const [first] = renderThread([text, text]);
    must(first === comment, "in a thread it is something else");
    checkHtml(proseToHtml(text));
    must(typeof proseToText(text) === "string", "no text");
    must(typeof mathToText(text) === "string", "no text");
    return comment.includes("katex") ? "with mathematics" : "without mathematics";
  },
});
