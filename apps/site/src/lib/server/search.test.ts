import assert from "node:assert/strict";
import { test } from "node:test";
import { paper } from "./fixture.ts";
import { PaperSearch } from "./search.ts";

const search = new PaperSearch([
  paper(),
  paper({
    slug: "qmcpy",
    arxiv: "2102.07833",
    title: "Quasi-Monte Carlo in Practice",
    authors: ["Fred Hickernell"],
    topics: ["quasi-monte-carlo"],
    summary: "Low-discrepancy points.",
  }),
]);

test("words of title, authors, topics and summary find a paper", () => {
  for (const query of ["bessel", "plesner", "special", "overflow", "2409.08729"])
    assert.deepEqual(search.find(query), ["log-bessel"], query);
});

test("prefixes, one wrong letter and missing diacritics are forgiven", () => {
  for (const query of ["bess", "besel", "soren hauberg", "BESSEL"])
    assert.deepEqual(search.find(query), ["log-bessel"], query);
});

test("every word has to match", () => {
  assert.deepEqual(search.find("bessel discrepancy"), []);
  assert.deepEqual(search.find("zebra"), []);
});
