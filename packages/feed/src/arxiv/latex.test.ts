import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { anyText } from "./fixture/any-text.ts";
import { latexToText } from "./latex.ts";

const equals = (pairs: readonly (readonly [string, string])[]) => {
  for (const [tex, text] of pairs) assert.equal(latexToText(tex), text, tex);
};

test("accents in all their spellings, and letters with names", () => {
  equals([
    ["Paul Erd\\H{o}s", "Paul Erdős"],
    ["Erd{\\H o}s", "Erdős"],
    ["Poincar\\'e", "Poincaré"],
    ["Poincar{\\'e}", "Poincaré"],
    ["Poincar\\'{e}", "Poincaré"],
    ["Poincar{\\'{e}}", "Poincaré"],
    ['Schr{\\"o}dinger', "Schrödinger"],
    ['G\\"{o}del', "Gödel"],
    ["Ji\\v{r}\\'{\\i} Mat\\v ousek", "Jiří Matǒusek"],
    ["\\v{S}id\\'ak", "Šidák"],
    ['na\\"\\i ve', "naïve"],
    ["\\`a la carte", "à la carte"],
    ["Fran\\c{c}ois", "François"],
    ['\\AA ngstr\\"om', "Ångström"],
    ["S\\o ren Kierkeg\\aa{}rd", "Søren Kierkegård"],
    ["{\\L}ukasz Kaiser", "Łukasz Kaiser"],
    ["Stra\\ss e", "Straße"],
    ["\\~n \\^o \\.z \\=a \\u{g} \\r{u} \\k{a} \\d{h}", "ñ ô ż ā ğ ů ą ḥ"],
    ["Nguy\\~{\\^e}n", "Nguyễn"],
  ]);
});

test("the result is composed (NFC)", () => {
  assert.equal(latexToText("e\u0301"), "é");
  assert.equal(latexToText("\\'e").length, 1);
});

test("style goes, text stays, a link's address goes", () => {
  equals([
    ["an \\emph{important} \\textit{word}", "an important word"],
    ["{\\em so} {\\bf bold} \\texttt{x}", "so bold x"],
    ["\\textbf{nested \\emph{twice}}", "nested twice"],
    ["{GPU} kernels for {C}uda", "GPU kernels for Cuda"],
    ["the set {0, 1}", "the set {0, 1}"],
    ["{{BERT}}: {{{a}}} model", "BERT: a model"],
    ["5 \\textmu m, 20\\textdegree C, \\textquotedblleft a\\textquotedblright", "5 µm, 20°C, “a”"],
    ["http://host/\\~{}name, \\^{}", "http://host/~name, ^"],
    ["\\href{javascript:alert(1)}{click}", "click"],
    ["\\url{https://example.org/a_b}", "https://example.org/a_b"],
    ["50\\% of A\\&B \\#1 \\_ \\{x\\}", "50% of A&B #1 _ {x}"],
    ["\\unknowncommand{x} C:\\users", "\\unknowncommand{x} C:\\users"],
    ["\\LaTeX{} and \\alpha-stable", "LaTeX and α-stable"],
  ]);
});

test("typography", () => {
  equals([
    ["``quoted'' and `single'", "“quoted” and ‘single’"],
    ["don't `code` it", "don't `code` it"],
    ["pages 1--2 --- no", "pages 1–2 — no"],
    ["a -- b", "a – b"],
    ["use --flag or ----", "use --flag or ----"],
    ["Fig.~3", "Fig.\u00a03"],
    ["costs ~5 at http://host/~name", "costs ~5 at http://host/~name"],
    ["folded\n  title  here\r\n", "folded title here"],
    ["a\\ b\\\\c\\,d", "a b c d"],
  ]);
});

test("mathematics stays as it is, a lone dollar sign is a price", () => {
  equals([
    ["with $\\'{x}^{2}_{i}$ and ``q''", "with $\\'{x}^{2}_{i}$ and “q”"],
    ["\\(a+b\\) or \\[c\\]", "$a+b$ or $$c$$"],
    ["$$x--y$$", "$$x--y$$"],
    ["costs $5 and $x$--$y$", "costs $5 and $x$–$y$"],
    ["from $5 to $10 for \\'e", "from $5 to $10 for é"],
    ["$5-$10 \\'e", "$5-$10 é"],
    ["\\$20 a \\'e", "$20 a é"],
    ["just $ \\'e", "just $ é"],
    ["$O(n\n  \\log n)$", "$O(n \\log n)$"],
    ["pay $5 for \\'e and 6$", "pay $5 for é and 6$"],
  ]);
});

test("controls and bidirectional overrides are dropped", () => {
  assert.equal(latexToText("a\u0000b\u202ec\u2066d\u0007"), "abcd");
  assert.equal(latexToText("\ud800x"), "\ufffdx");
});

test("any text gives well-formed composed text on one line", () => {
  const pieces = fc.constantFrom(
    ..."\\ { } $ $$ \\( \\) \\[ \\' \\\" \\v \\c \\i \\o \\emph \\textbf \\href `` '' ` ' -- --- ~ a é 5 𝒳 \u0301 \n".split(
      " ",
    ),
    " ",
  );
  const text = fc.oneof(
    anyText(80),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (given) => {
      const out = latexToText(given);
      assert.ok(out.isWellFormed());
      assert.equal(out, out.normalize("NFC"));
      assert.ok(!/\p{Cc}/u.test(out));
    }),
    { numRuns: 2000 },
  );
});

test("prose without TeX stays as it is", () => {
  const word = fc
    .stringMatching(/^[a-zA-Zäéøß0-9,.;:!?()/+=*<>@|-]{1,8}$/)
    .filter((w) => !w.includes("--"));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      assert.equal(latexToText(words.join("\n  ")), words.join(" ").normalize("NFC"));
    }),
    { numRuns: 500 },
  );
});

test("a hundred thousand characters of any piece are read", () => {
  for (const piece of [
    "{",
    "}",
    "{{}",
    "\\",
    "\\'",
    "\\'{",
    "\\emph{",
    "$",
    "$a",
    "$ ",
    "\\(",
    "\\[",
    "``",
    "`a",
    "--",
    "~a",
    "\\href{",
    " ",
    "\\v ",
    "{\\'{",
  ]) {
    const text = piece.repeat(100_000 / piece.length);
    assert.ok(latexToText(`${text}é`).length <= text.length + 2);
  }
});

test("what is no string is refused", () => {
  assert.throws(() => latexToText(5 as unknown as string), TypeError);
});
