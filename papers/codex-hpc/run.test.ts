import assert from "node:assert/strict";
import { test } from "node:test";
import { detectModels, type HpcKernel, hpcGallery } from "@daily-kernel/forge";
import { settle } from "@daily-kernel/reproduction/fields";
import { ownResultOf, verdictsOf } from "@daily-kernel/reproduction/testing";
import { runGoldSet } from "./gold-set.ts";
import { ownInput } from "./own-input.ts";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

/** Knows the right kernels by heart: for tests that are not about the judge, which compiles and runs. */
const byHeart: typeof room.subject.judge = async (task, { source }, _backend, asked) => {
  const kernel = task.id.slice(4) as keyof (typeof hpcGallery)[number]["kernels"];
  const known = hpcGallery.some(({ kernels }) => kernels[kernel].source === source);
  return { source, correct: known, models: detectModels(source, asked.language) };
};
const light = { judge: byHeart };

test("what quick measures holds with a judge that makes no mistake", async () => {
  const verdicts = await verdictsOf(room, { seed: 11, subject: light });
  for (const claim of [
    "five-levels-assigned",
    "score-falls-with-suggestions",
    "conjugate-gradients-converge",
  ]) {
    assert.equal(verdicts[claim], "holds", claim);
  }
  for (const claim of ["correct-kernels-accepted", "faulty-kernels-rejected"]) {
    // "inconclusive" is what a machine with only some of the compilers gets.
    assert.ok(["holds", "inconclusive", "not-measured"].includes(verdicts[claim]!), claim);
  }
  assert.equal(verdicts["openmp-and-cuda-above-hip"], "not-measured");
});

for (const seed of [5, 1_000_003]) {
  test(`seed ${seed}: the metric's claims do not depend on the draw`, async () => {
    const verdicts = await verdictsOf(room, { seed, subject: light });
    assert.equal(verdicts["five-levels-assigned"], "holds");
    assert.equal(verdicts["score-falls-with-suggestions"], "holds");
  });
}

test("full asks for the judge's own sizes, of a kernel without memory for them for fewer", async () => {
  const asked: [string, HpcKernel, readonly (readonly number[])[] | undefined][] = [];
  const judge: typeof room.subject.judge = async (task, candidate, backend, of, options) => {
    asked.push([of.language, task.id.slice(4) as HpcKernel, options.shapes]);
    return byHeart(task, candidate, backend, of, options);
  };
  const { signal } = new AbortController();
  await runGoldSet(judge, { full: true, seed: 3, signal }, async () => {});
  for (const [language, kernel, shapes] of asked) {
    const column = hpcGallery.find((each) => each.language === language)!;
    const { most } = column.kernels[kernel];
    assert.equal(shapes === undefined, most === undefined, `${language} ${kernel}`);
    if (shapes) assert.ok(shapes.length > 4 && shapes.every(([n = 0]) => n <= most!));
  }
});

const replaced: Record<string, [Partial<typeof room.subject>, string[]]> = {
  "a judge that reads sources and runs nothing": [
    { judge: wrong.readsOnly },
    ["faulty-kernels-rejected"],
  ],
  "a judge that believes the request": [
    { judge: wrong.believesTheRequest },
    ["faulty-kernels-rejected"],
  ],
  "a judge that believes nothing": [{ judge: wrong.believesNothing }, ["correct-kernels-accepted"]],
  "the share of correct suggestions": [
    { ...light, score: wrong.shareOfCorrect },
    ["five-levels-assigned", "score-falls-with-suggestions"],
  ],
  "incorrect ones before other models": [
    { ...light, score: wrong.otherPrecedence },
    ["five-levels-assigned"],
  ],
  "steepest descent": [
    { ...light, solve: wrong.steepestDescent },
    ["conjugate-gradients-converge"],
  ],
};
for (const [name, [subject, claims]] of Object.entries(replaced)) {
  test(`wrong: ${name}`, async () => {
    const verdicts = await verdictsOf(room, { seed: 31, subject });
    for (const claim of claims) {
      const about = claim.includes("kernels-");
      assert.ok(verdicts[claim] === "fails" || (about && verdicts[claim] !== "holds"), claim);
    }
  });
}

const result = (changes: Record<string, unknown>) =>
  ownResultOf(room, settle(ownInput.fields, changes));

test("own input: the example is solved in as many iterations as it has unknowns", async () => {
  const { facts, figures } = await result({});
  assert.deepEqual(
    facts.slice(0, 3).map(({ value }) => value),
    ["5", "13", "5"],
  );
  assert.equal(figures[0]!.series[0]!.x.length, 10);
});

test("own input: what is no definite matrix is told", async () => {
  await assert.rejects(result({ matrix: "1 2 3" }), /line 1: expected/);
  const indefinite = "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 1\n2 2 -1\n";
  await assert.rejects(result({ matrix: indefinite }), /not positive definite/);
});
