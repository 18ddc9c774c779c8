import assert from "node:assert/strict";
import { test } from "node:test";
import { bibtex } from "./bibtex.ts";

const paper = {
  id: "2409.08729",
  title: "Accurate Logarithms of Bessel Functions",
  authors: [
    { id: "1", name: "Andreas Plesner" },
    { id: "2", name: "Søren Hauberg" },
  ],
  authorCount: 2,
  publishedAt: new Date("2024-09-13T00:00:00Z"),
};

test("a paper with known authors", () => {
  assert.equal(
    bibtex(paper),
    `@misc{plesner2024accurate,
  title = {{Accurate Logarithms of Bessel Functions}},
  author = {Andreas Plesner and Søren Hauberg},
  year = {2024},
  eprint = {2409.08729},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/2409.08729},
}`,
  );
});

test("unknown authors are left out, partly known ones end in others, TeX is escaped", () => {
  const anonymous = bibtex({ ...paper, authors: [], authorCount: 6, title: "50% of A & B_1" });
  assert.ok(!anonymous.includes("author"));
  assert.ok(anonymous.startsWith("@misc{arxiv2024,"));
  assert.ok(anonymous.includes("{{50\\% of A \\& B\\_1}}"));
  assert.match(bibtex({ ...paper, authorCount: 9 }), /Søren Hauberg and others/);
});
