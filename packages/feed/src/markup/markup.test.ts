import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assertHarmless, nasty } from "./harmless.ts";
import { renderMarkdown } from "./markdown.ts";
import { mathToText } from "./math-to-text.ts";
import { proseToHtml, proseToText } from "./prose.ts";

test("Markdown as people write it", () => {
  const html = renderMarkdown(
    "It *holds* for `k = 2`, see https://example.org/a?b=1&c=2\nand [the paper](https://arxiv.org/abs/2409.08729).\n\n" +
      "| n | err |\n|--|:-:|\n| 1 | 2 |\n\n> quoted\n\n1. one\n2. two\n\n```ts\nconst a = 1 < 2;\n```\n",
  );
  const link = (href: string, text: string) =>
    `<a href="${href}" rel="nofollow ugc noopener">${text}</a>`;
  assert.ok(html.includes("<em>holds</em>"));
  assert.ok(html.includes("<code>k = 2</code>"));
  const address = "https://example.org/a?b=1&amp;c=2";
  assert.ok(html.includes(link(address, address)), html);
  assert.ok(html.includes(link("https://arxiv.org/abs/2409.08729", "the paper")));
  assert.ok(html.includes('<th style="text-align:center">err</th>'), html);
  assert.ok(html.includes("<blockquote>"));
  assert.ok(html.includes("<li>one</li>"));
  assert.ok(html.includes('<code class="language-ts">const a = 1 &lt; 2;\n</code>'), html);
  assertHarmless(html);
});

test("mathematics is set for the eye and for the ear", () => {
  const html = renderMarkdown(
    "The rate is $O(n^{-1/2})$, so:\n\n$$\\sum_{i=1}^n \\sqrt{x_i} \\to \\vec{a}$$",
  );
  assert.equal(html.match(/<math /g)?.length, 2);
  assert.equal(html.match(/class="katex-display"/g)?.length, 1);
  assert.ok(html.includes("<msup><mi>n</mi>") && html.includes("<svg "), html);
  assert.match(html, /style="height:[\d.]+em/);
  assert.ok(html.includes("vertical-align:-"), "boxes keep their places");
  assertHarmless(html);
});

test("emphasis inside a formula is no emphasis, a formula inside code no formula", () => {
  assert.ok(!renderMarkdown("$a_1 * b * c_2$").includes("<em>"));
  assert.equal(renderMarkdown("`$x$`"), "<p><code>$x$</code></p>\n");
  assert.equal(renderMarkdown("from $5 to $10, \\$x\\$"), "<p>from $5 to $10, $x$</p>\n");
});

test("headings and pictures are text", () => {
  assert.equal(renderMarkdown("# big"), "<p># big</p>\n");
  assert.ok(!renderMarkdown("![x](https://example.org/pixel.png)").includes("<img"));
});

const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<a href='javascript:alert(1)'>x</a>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](&#x6A;&#x61;vascript&colon;alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "[x](vbscript:msgbox(1))",
  "[x](//example.org/evil)",
  '[x](https://example.org "onmouseover=alert(1)")',
  '[x](https://example.org/"onmouseover="alert(1))',
  '<https://example.org/"onclick=alert(1)>',
  "<javascript:alert(1)>",
  "[x]: javascript:alert(1)\n\n[x]",
  '![x](x"onerror=alert(1))',
  '```"><script>alert(1)</script>\n```',
  "$\\href{javascript:alert(1)}{x}$",
  "$\\url{javascript:alert(1)}$",
  "$\\htmlClass{x}{y} \\htmlStyle{position:fixed}{z} \\htmlData{a=b}{c}$",
  "$\\includegraphics{https://example.org/x.png}$",
  "$\\text{<script>alert(1)</script>}$",
  "$\\color{red;background:url(https://example.org)}{x}$",
  "$\\unknown{<img src=x onerror=alert(1)>}$",
  "$<img src=x onerror=alert(1)>$",
  "$\\def\\a{\\a\\a}\\a$",
  `$${"{".repeat(900)}$`,
  `$${"\\sqrt{".repeat(300)}$`,
  "$\\rule{99999em}{99999em}$",
  "a\u202eb\u2066c\u0000d",
  "\ud800",
];

test("nothing that was ever used against a page survives", () => {
  for (const attack of attacks) {
    for (const html of [renderMarkdown(attack), proseToHtml(attack)]) assertHarmless(html, attack);
    assert.doesNotMatch(proseToText(attack), /[[\p{Cc}--\s]\u202e\u2066]/v);
  }
});

test("what looks for harm finds it", () => {
  for (const attack of attacks.filter((text) => text.startsWith("<"))) {
    assert.throws(() => assertHarmless(attack), `${attack} was let through`);
  }
  for (const href of ["javascript:x", "&#106;avascript:x", "java&Tab;script:x", "//x", "data:x"]) {
    assert.throws(() => assertHarmless(`<a href="${href}">x</a>`), `${href} was let through`);
  }
});

test("5,000 texts put together from what is dangerous", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(nasty, (text) => {
      assertHarmless(renderMarkdown(text), text);
      assertHarmless(proseToHtml(text), text);
      proseToText(text);
    }),
    { numRuns: 5000 },
  );
});

test("long hostile comments do not stall the page", () => {
  const work = ["[", "*", "_", "`", "$", "> ", "|", "\\(", "<", "![", "$$", "~"].map((piece) =>
    renderMarkdown(piece.repeat(10_000 / piece.length)),
  );
  for (const html of work) assertHarmless(html);
});

test("prose: formulas are set, all else stays as it is", () => {
  assert.equal(proseToHtml("Costs $5 & <b> to $10"), "Costs $5 &amp; &lt;b&gt; to $10");
  assert.equal(proseToHtml("a * b # c"), "a * b # c");
  const html = proseToHtml("In $O(n)$ for $k$");
  assert.ok(html.startsWith('In <span class="katex">'), html);
  assert.equal(html.match(/<math /g)?.length, 2);
});

test("formulas in plain characters", () => {
  const pairs = [
    ["x^2 \\le \\alpha", "x² ≤ α"],
    ["O(n^{-1/2})", "O(n^(−1/2))"],
    ["n^{-2}", "n⁻²"],
    ["\\frac{a+b}{2}", "(a+b)/2"],
    ["\\sqrt{x_{12}}", "√x₁₂"],
    ["\\mathcal{O}(\\log n)", "O(log n)"],
    ["\\mathbf{x} \\in \\mathbb{R}^d", "x ∈ R^d"],
    ["\\left( a \\right)", "( a )"],
    ["50\\%", "50%"],
    ["}{", ""],
  ] as const;
  for (const [tex, text] of pairs) assert.equal(mathToText(tex), text, tex);
  assert.equal(proseToText("In $O(n^2)$ for $5"), "In O(n²) for $5");
});

test("formulas of any characters give some text", () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "\\",
    "^",
    "_",
    "\\frac",
    "\\sqrt",
    "x",
    "1",
    " ",
    "\\left",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (tex) => {
      assert.equal(typeof mathToText(tex.join("")), "string");
    }),
    { numRuns: 2000 },
  );
});
