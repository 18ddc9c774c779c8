import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { InvalidArxivId } from "./errors.ts";
import { anyText } from "./fixture/any-text.ts";
import { parseArxivId } from "./id.ts";

const accepted: readonly (readonly [string, string, number | null])[] = [
  ["2409.08729", "2409.08729", null],
  ["2409.08729v3", "2409.08729", 3],
  ["0704.0001", "0704.0001", null],
  ["1412.9999v12", "1412.9999", 12],
  ["1501.00001", "1501.00001", null],
  ["arXiv:2409.08729", "2409.08729", null],
  ["ARXIV: 2409.08729V2", "2409.08729", 2],
  ["arXiv:2409.08729v1 [cs.LG]", "2409.08729", 1],
  ["arXiv:0704.0001 [hep-ph]", "0704.0001", null],
  ["oai:arXiv.org:2409.08729v2", "2409.08729", 2],
  ["https://arxiv.org/abs/2409.08729v2", "2409.08729", 2],
  ["http://www.arxiv.org/pdf/2409.08729v2.pdf", "2409.08729", 2],
  ["https://export.arxiv.org/pdf/2409.08729", "2409.08729", null],
  ["arxiv.org/html/2409.08729v4#S3", "2409.08729", 4],
  ["https://arxiv.org/abs/2409.08729?context=cs", "2409.08729", null],
  ["https://arxiv.org/abs/2409.08729/", "2409.08729", null],
  ["https://arxiv.org/abs/hep-th%2F9901001v1", "hep-th/9901001", 1],
  ["https://arxiv.org/pdf/math.GT/0309136v1.pdf", "math/0309136", 1],
  ["10.48550/arXiv.2409.08729", "2409.08729", null],
  ["doi:10.48550/arXiv.2409.08729", "2409.08729", null],
  ["https://doi.org/10.48550/ARXIV.2409.08729", "2409.08729", null],
  ["doi:10.48550/arXiv.hep-th/9901001", "hep-th/9901001", null],
  ["doi.org/10.48550/arXiv.2409.08729v2", "2409.08729", 2],
  ["https://arxiv.org/abs/arXiv:2409.08729", "2409.08729", null],
  ["math.GT/0309136", "math/0309136", null],
  ["hep-th/9901001", "hep-th/9901001", null],
  ["HEP-TH/9901001v2", "hep-th/9901001", 2],
  ["cond-mat.supr-con/0309136", "cond-mat/0309136", null],
  // Splitting at the letter v breaks these.
  ["solv-int/9901001", "solv-int/9901001", null],
  ["solv-int/9901001v2", "solv-int/9901001", 2],
  ["  (arXiv:2409.08729v1).  ", "2409.08729", 1],
  ["<https://arxiv.org/abs/2409.08729>,", "2409.08729", null],
  ["2409.08729.pdf", "2409.08729", null],
];

test("every usual form is read", () => {
  for (const [text, id, version] of accepted)
    assert.deepEqual(parseArxivId(text), { id, version }, text);
});

const refused: readonly (readonly [string, RegExp])[] = [
  ["", /empty/],
  ["   ", /empty/],
  ["2407.2680", /5 digits/],
  ["1412.01234", /4 digits/],
  ["0703.0001", /April 2007/],
  ["2413.00001", /month/],
  ["2400.00001", /month/],
  ["2409.00000", /begin with 1/],
  ["2409.08729v0", /versions/],
  ["2409.08729v01", /versions/],
  ["2409.08729v99999", /versions/],
  ["2409.08729v", /form/],
  ["2409,08729", /form/],
  ["2409 .08729", /form/],
  ["２４０９.08729", /form/],
  ["2409.0872९", /form/],
  ["2409.08729\u0000", /form/],
  ["2409.08729\u202e", /form/],
  ["hep-th/0704001", /March 2007/],
  ["hep-th/9106001", /March 2007/],
  ["hep-th/9913001", /month/],
  ["hep-th/9901000", /begin with 1/],
  ["hep-th/99010011", /form/],
  ["nonsense/9901001", /archive/],
  ["https://arxiv.org/list/cs.LG/recent", /address/],
  ["https://arxiv.org.evil.example/abs/2409.08729", /form/],
  ["https://evil.example/arxiv.org/abs/2409.08729", /form/],
  ["https://arxiv.org/abs/%E0%A4%A", /percent/],
  ["10.1234/arXiv.2409.08729", /form/],
  ["see arXiv:2409.08729 there", /form/],
  ["2409.08729 2409.08730", /form/],
];

test("what is no identifier says why", () => {
  for (const [text, reason] of refused)
    assert.throws(
      () => parseArxivId(text),
      (error) =>
        error instanceof InvalidArxivId &&
        error.code === "ERR_INPUT" &&
        error.input === text &&
        reason.test(error.reason),
      text,
    );
  assert.throws(() => parseArxivId(undefined as unknown as string), InvalidArxivId);
});

const twoDigits = (n: number) => String(n).padStart(2, "0");
const month = fc.integer({ min: 1, max: 12 }).map(twoDigits);
const modern = fc
  .tuple(fc.integer({ min: 7, max: 40 }), month, fc.integer({ min: 1, max: 9999 }))
  .filter(([year, m]) => year > 7 || m >= "04")
  .map(([year, m, n]) => `${twoDigits(year)}${m}.${String(n).padStart(year >= 15 ? 5 : 4, "0")}`);
const early = fc
  .tuple(
    fc.constantFrom("math", "hep-th", "solv-int", "cs", "q-bio"),
    fc.integer({ min: 1992, max: 2006 }),
    month,
    fc.integer({ min: 1, max: 999 }),
  )
  .map(
    ([archive, year, m, n]) =>
      `${archive}/${twoDigits(year % 100)}${m}${twoDigits(n).padStart(3, "0")}`,
  );
const someId = fc.oneof(modern, early);
const someVersion = fc.option(fc.integer({ min: 1, max: 99 }), { nil: null });
const wrap = fc.constantFrom<(id: string) => string>(
  (id) => id,
  (id) => `arXiv:${id}`,
  (id) => `arxiv.org/abs/${id}`,
  (id) => `https://arxiv.org/pdf/${id}.pdf`,
  (id) => `https://arxiv.org/html/${id}?x=v7`,
  (id) => `doi:10.48550/arXiv.${id}`,
  (id) => ` "${id}". `,
  (id) => id.toUpperCase(),
);

test("identifiers come back from every way of writing them, and are fixed points", () => {
  fc.assert(
    fc.property(someId, someVersion, wrap, (id, version, write) => {
      const text = write(version === null ? id : `${id}v${version}`);
      assert.deepEqual(parseArxivId(text), { id, version });
      assert.deepEqual(parseArxivId(id), { id, version: null });
    }),
    { numRuns: 1000 },
  );
});

test("any text gives an identifier or InvalidArxivId", () => {
  const pieces = fc.constantFrom(
    ..."arXiv:|https://|arxiv.org/|abs/|doi:|10.48550/|hep-th/|.pdf|v|2409|.|08729|%2F|%|[|]|(|)|\u202e|\u0000|😀".split(
      "|",
    ),
  );
  const text = fc.oneof(
    anyText(60),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (given) => {
      try {
        const { id } = parseArxivId(given);
        assert.equal(parseArxivId(id).id, id);
      } catch (error) {
        assert.ok(error instanceof InvalidArxivId, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test("a hundred thousand characters are refused without being searched", () => {
  const hostile = ["1", "(", ".", " ", "a.", "arxiv.org/", "v1", "[cs.LG] ", "%2", "9901001/"];
  for (const piece of hostile) {
    const text = piece.repeat(100_000 / piece.length);
    assert.throws(() => parseArxivId(text), InvalidArxivId);
    assert.throws(() => parseArxivId(`2409.08729${text}`), InvalidArxivId);
  }
});
