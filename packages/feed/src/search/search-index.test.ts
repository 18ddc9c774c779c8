import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { IndexedPaper } from "./indexed-paper.ts";
import { fitLsa } from "./lsa/fit-lsa.ts";
import { SearchIndex } from "./search-index.ts";

const paper = (id: string, differing: Partial<IndexedPaper> = {}): IndexedPaper => ({
  id,
  title: "",
  abstract: "",
  authors: [],
  day: "2024-01-01",
  topics: [],
  claimsHold: 0,
  claimsFail: 0,
  runsInBrowser: false,
  ...differing,
});

function indexOf(...papers: IndexedPaper[]): SearchIndex {
  const index = new SearchIndex();
  for (const one of papers) index.put(one);
  return index;
}

const found = (index: SearchIndex, q: string, filters = {}) =>
  index.search({ q, limit: 100, filters }).hits.map(({ id }) => id);

test("a word weighs most in the title, least among the authors", () => {
  const index = indexOf(
    paper("1", { title: "on graphs", abstract: "curves and walks" }),
    paper("2", { title: "on curves", abstract: "graphs and walks" }),
    paper("3", { title: "on curves", abstract: "walks and lines", authors: ["John Graphs"] }),
  );
  assert.deepEqual(found(index, "graphs lines").slice(0, 3), ["3", "1", "2"]);
  assert.deepEqual(found(index, "graphs walks"), ["1", "2", "3"]);
});

test("a phrase must be there, side by side, in one field", () => {
  const index = indexOf(
    paper("1", { title: "State of the art", abstract: "A boundary layer." }),
    paper("2", { title: "The art of state", abstract: "The layer at a boundary" }),
    paper("3", { title: "Boundary", abstract: "layer" }),
  );
  assert.deepEqual(found(index, '"boundary layer"'), ["1"]);
  assert.deepEqual(found(index, '"state of the art"'), ["1"]);
  assert.deepEqual(found(index, '"of the"'), []); // stop words alone rank nothing
  assert.deepEqual(found(index, '"state of the" or "layer at a"').sort(), ["1", "2"]);
  assert.deepEqual(found(index, '"boundary layer'), ["1"]); // the closing quote may be missing
  assert.deepEqual(found(index, '"boundary layer" "art of state"'), []);
});

test("excluded words and phrases never come up, in neither ranking", () => {
  const index = indexOf(
    paper("1", { abstract: "kernel methods for graphs" }),
    paper("2", { abstract: "kernel methods for the Linux kernel" }),
    paper("3", { abstract: "methods of graphs and kernel methods" }),
  );
  index.useLsa();
  assert.deepEqual(found(index, "kernel -linux").sort(), ["1", "3"]);
  assert.deepEqual(found(index, 'kernel -"methods for"'), ["3"]);
  assert.deepEqual(found(index, "-kernel"), []);
});

test("an identifier in any form finds its paper alone", () => {
  const index = indexOf(
    paper("2409.08729", { title: "On identifiers" }),
    paper("math/0309136", { title: "2409.08729 is cited here" }),
  );
  for (const q of ["2409.08729", " arXiv:2409.08729v3 ", "https://arxiv.org/pdf/2409.08729.pdf"]) {
    assert.deepEqual(index.search({ q, limit: 9 }).hits, [
      { id: "2409.08729", score: 1, by: "id" },
    ]);
  }
  assert.deepEqual(found(index, "math.GT/0309136"), ["math/0309136"]);
  assert.deepEqual(found(index, "2409.08729", { topic: "none" }), []);
});

test("a name finds its author's papers first, latest before earlier", () => {
  const index = indexOf(
    paper("1", { title: "LeCun networks", authors: ["Ada Long"], abstract: "lecun" }),
    paper("2", { authors: ["Yann LeCun", "Léon Bottou"], day: "2020-01-01" }),
    paper("3", { authors: ["Y. LeCun"], day: "2021-01-01", abstract: "a long text" }),
    paper("4", { authors: ["van der Maaten, Laurens"], abstract: "as long as this" }),
    paper("5", { abstract: "long, long ago, and long again" }),
  );
  const by = (q: string) => index.search({ q, limit: 9 }).hits.map((hit) => `${hit.id} ${hit.by}`);
  assert.deepEqual(by("yann lecun"), ["3 author", "2 author", "1 words"]);
  assert.deepEqual(by("lecun yann").slice(0, 2), ["3 author", "2 author"]);
  assert.deepEqual(by("bottou"), ["2 author"]);
  assert.deepEqual(by("laurens van der maaten"), ["4 author"]);
  assert.ok(by("long").every((hit) => hit.endsWith("words"))); // a name, but mostly a word
  assert.ok(by("geoffrey lecun").every((hit) => hit.endsWith("words")));
});

test("diacritics and case do not matter", () => {
  const index = indexOf(
    paper("1", { title: "Gödel's Łukasiewicz logic", authors: ["Jørgen Çelik"] }),
  );
  for (const q of ["godel", "GÖDEL", "lukasiewicz", "Jorgen Celik", "jørgen çelik"]) {
    assert.deepEqual(found(index, q), ["1"]);
  }
});

test("a misspelt word is taken for the one that was meant, and that is said", () => {
  const index = indexOf(
    paper("1", { title: "Attention is a mechanism" }),
    paper("2", { title: "Attrition of hypersonic bodies" }),
  );
  const { hits, corrected } = index.search({ q: "Attnetion mechanizm", limit: 5 });
  assert.equal(hits[0]!.id, "1");
  assert.equal(corrected, "attention mechanism");
  assert.equal(index.search({ q: "attention", limit: 5 }).corrected, undefined);
  assert.deepEqual(index.search({ q: "xqzwvy", limit: 5 }), { hits: [], total: 0 });
  assert.equal(index.textOf('hyprsonic -bodies "attention is"'), "hypersonic attention is");
});

test("filters come before ranking", () => {
  const index = indexOf(
    paper("1", { abstract: "graph", day: "2024-01-01", topics: ["nlp"], claimsHold: 1 }),
    paper("2", { abstract: "graph", day: "2024-01-02", topics: ["vision"], claimsFail: 2 }),
    paper("3", { abstract: "graph", day: "2024-01-03", runsInBrowser: true }),
  );
  assert.deepEqual(found(index, "graph", { from: "2024-01-02" }), ["2", "3"]);
  assert.deepEqual(found(index, "graph", { from: "2024-01-02", to: "2024-01-02" }), ["2"]);
  assert.deepEqual(found(index, "graph", { topic: "nlp" }), ["1"]);
  assert.deepEqual(found(index, "graph", { hasClaims: "hold" }), ["1"]);
  assert.deepEqual(found(index, "graph", { hasClaims: "fail" }), ["2"]);
  assert.deepEqual(found(index, "graph", { runsInBrowser: true }), ["3"]);
  assert.equal(index.search({ q: "graph", limit: 1, filters: { to: "2024-01-02" } }).total, 2);
});

test("pages of any size make up the whole list, ties by id", () => {
  const many = Array.from({ length: 1300 }, (_, i) =>
    paper(String(i).padStart(4, "0"), { abstract: i % 3 === 0 ? "graph graph" : "graph" }),
  );
  const index = indexOf(...many.toReversed());
  const all = index.search({ q: "graph", limit: 2000 });
  assert.equal(all.total, 1300);
  assert.equal(all.hits.length, 1300);
  const ids = all.hits.map(({ id }) => id);
  assert.equal(new Set(ids).size, 1300);
  const [twice, once] = [ids.slice(0, 434), ids.slice(434)];
  assert.deepEqual(twice, twice.toSorted());
  assert.deepEqual(once, once.toSorted());
  const pages = [0, 1, 2, 3].flatMap((page) =>
    index.search({ q: "graph", limit: 400, offset: 400 * page }).hits.map(({ id }) => id),
  );
  assert.deepEqual(pages, ids);
});

test("empty papers and vectors disturb nothing", () => {
  const index = indexOf(
    paper("1"),
    paper("2", { abstract: "the of and" }),
    paper("3", { title: "x y" }),
  );
  index.useModel("m", 2);
  index.setVector("1", Float32Array.of(0, 0));
  index.setVector("3", Float32Array.of(3, 4));
  const { hits } = index.search({ q: "x", limit: 9, vector: Float32Array.of(1, 1) });
  assert.deepEqual(
    hits.map(({ id, by }) => [id, by]),
    [["3", "both"]],
  );
  const blank = index.search({ q: "", limit: 9, vector: Float32Array.of(0, 0) });
  assert.deepEqual(blank, { hits: [], total: 0 });
});

test("bad input is refused by name", () => {
  const index = indexOf(paper("1"));
  const bad = { code: "ERR_INPUT" };
  assert.throws(() => index.search({ q: "x", limit: Number.NaN }), bad);
  assert.throws(() => index.search({ q: "x", limit: 1, offset: -1 }), bad);
  assert.throws(() => index.search({ q: 5 as never, limit: 1 }), bad);
  assert.throws(() => index.similar("1", 1.5), bad);
  assert.throws(() => index.setVector("1", Float32Array.of(1)), bad);
  assert.throws(() => new SearchIndex({ bm25: { k1: -1 } }), bad);
  index.useModel("m", 2);
  assert.throws(() => index.setVector("1", Float32Array.of(1)), {
    name: "EmbeddingDimensionMismatch",
    expected: 2,
    got: 1,
  });
  assert.throws(() => index.setVector("1", Float32Array.of(1, Number.NaN)), bad);
  const vector = Float32Array.of(1, 2, 3);
  assert.throws(() => index.search({ q: "x", limit: 1, vector }), bad);
});

test("like papers are similar, the paper itself is not", () => {
  const index = indexOf(
    paper("1", { abstract: "kernels compare graphs by walks on graphs" }),
    paper("2", { abstract: "graphs and kernels and walks" }),
    paper("3", { abstract: "flows transport densities on manifolds" }),
    paper("4", { abstract: "densities and flows" }),
  );
  const words = index.similar("1", 3).map(({ id }) => id);
  assert.deepEqual(words, ["2"]);
  index.useLsa();
  assert.equal(index.similar("3", 3)[0]!.id, "4");
  assert.deepEqual(index.similar("5", 3), []);
});

/** Words from a small vocabulary, so that papers have them in common. */
const text = fc
  .array(fc.constantFrom("graph", "kernel", "flow", "walk", "the", "curve"), { maxLength: 6 })
  .map((list) => list.join(" "));
const someId = fc.integer({ min: 1, max: 8 }).map(String);
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ id: someId, title: text, abstract: text }) },
  { weight: 1, arbitrary: fc.record({ id: someId }) },
);

test("after any changes an index answers as one made anew", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), text, (changes, q) => {
      const changed = new SearchIndex();
      const papers = new Map<string, IndexedPaper>();
      for (const { id, ...texts } of changes) {
        if ("title" in texts) {
          papers.set(id, paper(id, texts));
          changed.put(papers.get(id)!);
        } else {
          papers.delete(id);
          changed.delete(id);
        }
      }
      const fresh = indexOf(...papers.values());
      assert.equal(changed.size, papers.size);
      assert.deepEqual(changed.search({ q, limit: 9 }), fresh.search({ q, limit: 9 }));
    }),
    { numRuns: 300 },
  );
});

test("many changes leave neither garbage nor wrong answers", () => {
  const index = new SearchIndex();
  for (let round = 0; round < 40; round++) {
    for (let i = 0; i < 100; i++) {
      index.put(paper(String(i), { abstract: `round ${round} number ${i}`, authors: [`A B${i}`] }));
    }
    index.settle();
  }
  assert.equal(index.size, 100);
  assert.equal(index.search({ q: '"round 39"', limit: 0 }).total, 100);
  assert.deepEqual(found(index, '"number 7" round'), ["7"]);
  assert.deepEqual(index.search({ q: "b7", limit: 1 }).hits, [{ id: "7", score: 1, by: "author" }]);
});

test("LSA looks again once half as many texts came, changed or went", () => {
  const index = new SearchIndex();
  assert.equal(index.textsForLsa(), undefined);
  const put = (i: number, text: string) => index.put(paper(String(i), { abstract: text }));
  for (let i = 0; i < 10; i++) put(i, i % 2 === 0 ? "kernel graph" : "flow density");
  assert.equal(index.textsForLsa()?.length, 10);
  for (let i = 0; i < 2; i++) put(i, "curve walk");
  index.put(paper("0", { abstract: "curve walk", claimsHold: 3 })); // no other text
  index.delete("9");
  index.delete("9");
  put(10, "curve walk");
  assert.equal(index.textsForLsa(), undefined); // 4 of 10
  put(11, "curve walk");
  assert.equal(index.textsForLsa()?.length, 11);
  for (let i = 0; i < 12; i++) index.delete(String(i));
  assert.deepEqual(index.textsForLsa(), []);
  assert.equal(index.textsForLsa(), undefined);
});

test("what LSA found takes over only when every paper has its vector", () => {
  const subjects = ["kernel graph", "graph walk", "walk kernel", "flow density"];
  const index = indexOf(...subjects.map((abstract, i) => paper(String(i), { abstract })));
  index.beginLsa(fitLsa(index.textsForLsa()!));
  assert.ok(index.continueLsa(3));
  assert.equal(index.dense, "none");
  assert.deepEqual(found(index, "graph").sort(), ["0", "1"]);
  index.put(paper("4", { abstract: "walk graph" })); // while it is under way
  index.delete("3");
  assert.ok(!index.continueLsa(3));
  assert.deepEqual([index.dense, index.vectors], ["lsa", 4]);
  const whole = indexOf(...subjects.map((abstract, i) => paper(String(i), { abstract })));
  whole.useLsa();
  whole.put(paper("4", { abstract: "walk graph" }));
  whole.delete("3");
  for (const q of ["graph", "walk kernel", "flow"]) {
    assert.deepEqual(index.search({ q, limit: 9 }), whole.search({ q, limit: 9 }));
  }
});

test("no text is a syntax error, and none is slow", () => {
  const index = indexOf(paper("1", { title: "graph", abstract: "kernel walks" }));
  index.useLsa();
  const query = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom('"', "-", " or ", "graph", "kernl", " ", "\u0000", "é", "|", "1234.5678"),
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(query, (q) => {
      for (const { score } of index.search({ q, limit: 5 }).hits) assert.ok(score > 0);
    }),
    { numRuns: 2000 },
  );
  for (const q of [
    '"'.repeat(100_000),
    "-".repeat(100_000),
    "a ".repeat(100_000),
    `"${"a -".repeat(50_000)}`,
  ]) {
    index.search({ q, limit: 5 });
  }
});
