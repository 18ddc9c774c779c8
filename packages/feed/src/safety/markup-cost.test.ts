import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { renderMarkdown, renderThread } from "../markup/markdown.ts";
import { proseToHtml } from "../markup/prose.ts";

const longest = 10_000;
const filled = (piece: string) => piece.repeat(longest / piece.length);

/** Most HTML that a comment may become: what a page of long, honest mathematics needs. */
const most = 600_000;

const renders = [renderMarkdown, proseToHtml];

test("a macro cannot multiply what a comment becomes", () => {
  const body = "x".repeat(900);
  for (const define of [
    "\\def\\a{",
    "\\gdef\\a{",
    "\\edef\\a{",
    "\\xdef\\a{",
    "\\newcommand{\\a}{",
    "\\newcommand\\a{",
    "\\renewcommand{\\a}{",
    "\\providecommand{\\a}{",
    "\\global\\def\\a{",
    "\\long\\def\\a{",
    "\\expandafter\\def\\a{",
    "\\let\\d\\def\\d\\a{",
  ])
    for (const render of renders) {
      const html = render(`$${define}${body}}${"\\a".repeat(300)}$`);
      assert.ok(html.length < 10_000, `${define} gave ${html.length}`);
    }
  // Names that only begin like these are left alone.
  assert.match(renderMarkdown("$\\left( x \\right)$"), /class="katex"/);
});

test("formulas without end become no page without end", () => {
  for (const piece of [
    "$x$ ",
    "$\\sqrt{\\frac{a^2}{b_1}}$ ",
    "$\\overbrace{\\underbrace{x}}$ ",
    "$$\\left(\\frac11\\right)$$ ",
    "$\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$ ",
    "$\\xrightarrow{a}$ ",
    "$\\cancel{\\boxed{x}}$ ",
    "\\(x\\) ",
    "\\[\\widehat{x}\\] ",
  ])
    for (const render of renders) {
      const html = render(filled(piece));
      assert.ok(html.length < most, `${piece} gave ${html.length}`);
    }
});

test("many heavy comments make no heavy page, and each of a few is set in full", () => {
  const heavy = Array(40).fill(filled("$\\sqrt{\\frac{a^2}{b_1}}$ "));
  const size = (texts: string[]) => renderThread(texts).reduce((sum, html) => sum + html.length, 0);
  // Alone they would be some eighteen million characters.
  assert.ok(size(heavy) < 4_000_000);
  const honest = Array(40).fill("As $x^2 \\le 1$ and $\\sqrt{n}$, it holds.");
  for (const html of renderThread(honest)) assert.equal(html, renderMarkdown(honest[0]!));
  assert.deepEqual(renderThread([]), []);
});

test("fuzz: HTML in proportion to the text, whatever the TeX (1,000 cases)", () => {
  const pieces = fc.constantFrom(
    ..."\\frac|\\sqrt|\\left(|\\right)|{|}|^|_|x|\\pmod|\\operatorname|\\text|\\overline|\\hat|\\mathchoice|\\binom|\\stackrel|\\underset|\\boxed|\\phantom|\\expandafter|\\noexpand|\\Bra|\\set|\\begin{matrix}|&|\\\\|\\end{matrix}|\\tag|\\dots|\\iff|\\neq|\\TeX|\\char|\\rule{9em}{9em}|\\relax|\\color{red}|'".split(
      "|",
    ),
  );
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 60 }), (parts) => {
      const text = `$${parts.join("")}$`;
      assert.ok(renderMarkdown(text).length < 2000 + 600 * text.length, text);
    }),
    { numRuns: 1000 },
  );
});
