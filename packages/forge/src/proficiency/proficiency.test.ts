import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ProgrammingModel, programmingModels } from "./models.ts";
import { proficiency, type Suggestion } from "./proficiency.ts";

const one = (source: string, correct: boolean, ...models: ProgrammingModel[]): Suggestion => ({
  source,
  correct,
  models,
});
const right = one("a", true, "openmp");
const wrong = one("b", false, "openmp");
const other = one("c", true, "openacc");
const serial = one("d", true, "serial");

test("each level by its definition, and which rule comes first", () => {
  for (const [suggestions, score, level] of [
    [[], 0, "non-knowledge"],
    [[wrong], 0, "non-knowledge"],
    [[other, serial, wrong], 0, "non-knowledge"],
    [[right, other], 0.25, "novice"],
    [[right, serial], 0.25, "novice"],
    [[right, wrong, one("e", false, "cuda")], 0.25, "novice"],
    [[one("f", true, "openmp", "cuda")], 0.25, "novice"],
    [[right, wrong], 0.5, "learner"],
    [[right, one("g", false)], 0.5, "learner"],
    [[right, right], 0.75, "proficient"],
    [[right, one("h", true, "openmp")], 0.75, "proficient"],
    [[right], 1, "expert"],
  ] as const) {
    const got = proficiency(suggestions, "openmp");
    assert.deepEqual([got.score, got.level], [score, level], got.why);
  }
});

test("only the first ten count, or as many as asked", () => {
  const many = [...Array(10).fill(right), other];
  assert.equal(proficiency(many, "openmp").score, 0.75);
  assert.equal(proficiency(many, "openmp", { first: 11 }).score, 0.25);
  assert.equal(proficiency(many, "openmp", { first: 1 }).score, 1);
  assert.equal(proficiency([...Array(10).fill(wrong), right], "openmp").score, 0);
});

test("merging makes one of suggestions that say the same, after the limit", () => {
  const spaced = one(" a\n", true, "openmp");
  assert.equal(proficiency([right, spaced], "openmp").score, 0.75);
  assert.equal(proficiency([right, spaced], "openmp", { merge: true }).score, 1);
  const late = [...Array(10).fill(right), wrong];
  assert.equal(proficiency(late, "openmp", { merge: true }).score, 1);
});

const suggestion = fc.record({
  source: fc.constantFrom("a", "b", "c", "d"),
  correct: fc.boolean(),
  models: fc.uniqueArray(fc.constantFrom("openmp", "openacc", "serial" as ProgrammingModel), {
    maxLength: 2,
  }) as fc.Arbitrary<ProgrammingModel[]>,
});

test("the score follows from counts for any suggestions", () => {
  fc.assert(
    fc.property(fc.array(suggestion, { maxLength: 14 }), (suggestions) => {
      const shown = suggestions.slice(0, 10);
      const good = shown.filter((s) => s.correct && s.models.includes("openmp"));
      const foreign = shown.some((s) => s.models.some((model) => model !== "openmp"));
      const { score } = proficiency(suggestions, "openmp");
      if (good.length === 0) return score === 0;
      if (foreign) return score === 0.25;
      if (good.length < shown.length) return score === 0.5;
      return score === (shown.length === 1 ? 1 : 0.75);
    }),
    { numRuns: 2000 },
  );
});

test("order does not matter within ten, and one more bad suggestion never helps", () => {
  fc.assert(
    fc.property(fc.array(suggestion, { maxLength: 9 }), suggestion, (suggestions, last) => {
      const { score } = proficiency(suggestions, "openmp");
      assert.equal(proficiency(suggestions.toReversed(), "openmp").score, score);
      const bad = { ...last, correct: false };
      assert.ok(proficiency([...suggestions, bad], "openmp").score <= score);
    }),
  );
});

test("bad input is refused at the door", () => {
  assert.ok(programmingModels.includes("openmp"));
  assert.throws(() => proficiency([], "mpi" as never), { code: "ERR_DOMAIN" });
  assert.throws(() => proficiency([right], "openmp", { first: 0 }), /first/);
  assert.throws(() => proficiency("x" as never, "openmp"), { code: "ERR_TYPE" });
  assert.throws(() => proficiency([{ ...right, models: "openmp" as never }], "openmp"), /\[0\]/);
});
