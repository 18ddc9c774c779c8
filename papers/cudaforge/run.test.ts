import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictsOf } from "@daily-kernel/reproduction/testing";
import room from "./run.ts";
import { random } from "./search.ts";
import * as wrong from "./wrong.ts";

const { subject } = room;
type Subject = typeof subject;

/** Without compilers: on kernels whose times follow a formula. */
const small = { problems: 5, seeds: 6, evaluations: 10, kernels: 30, faults: 100 };
const pretended: Partial<Subject> = {
  sizes: { quick: small, full: small },
  workshop: async () => wrong.pretended,
};

const measured = [
  "loop-follows-protocol",
  "counters-beat-random-search",
  "few-counters-suffice",
  "selected-counters-agree-in-sign",
  "selected-counters-predict-time",
  "correction-makes-correct",
  "optimisation-alone-loses-correctness",
];

for (const seed of [3, 88, 1_000_003]) {
  test(`seed ${seed}: on pretended kernels all that can be measured holds`, async () => {
    const verdicts = await verdictsOf(room, { seed, preset: "full", subject: pretended });
    for (const claim of measured) assert.equal(verdicts[claim], "holds", claim);
    assert.equal(verdicts["mean-speedup-on-kernelbench"], "not-measured");
  });
}

test("without a compiler the loop is measured, and the rest says what it needs", async () => {
  const none: Partial<Subject> = { workshop: async () => "g++ is not installed" };
  const verdicts = await verdictsOf(room, { subject: none });
  assert.equal(verdicts["loop-follows-protocol"], "holds");
  assert.equal(verdicts["correction-makes-correct"], "holds");
  for (const claim of measured.slice(1, 5)) assert.equal(verdicts[claim], "not-measured", claim);
});

/** Which claims must fail, and which must still hold, with a wrong implementation in place. */
const replaced: Record<string, [Partial<Subject>, string[], string[]]> = {
  "a loop that goes on from the best": [
    { loop: wrong.fromTheBest },
    ["loop-follows-protocol"],
    ["counters-beat-random-search"],
  ],
  "a loop without a Judge": [
    { loop: wrong.withoutJudge },
    ["loop-follows-protocol", "correction-makes-correct", "optimisation-alone-loses-correctness"],
    ["selected-counters-predict-time"],
  ],
  "a loop that corrects whatever it was told": [
    { loop: wrong.alwaysCorrects },
    ["loop-follows-protocol", "optimisation-alone-loses-correctness"],
    ["correction-makes-correct"],
  ],
  "blind search in the place of advice": [
    { guided: random },
    ["counters-beat-random-search"],
    ["loop-follows-protocol"],
  ],
  "a Judge that undoes": [
    { guided: wrong.backwards },
    ["counters-beat-random-search"],
    ["loop-follows-protocol"],
  ],
  "a selection that does not look at signs": [
    { select: wrong.withoutSigns },
    ["selected-counters-agree-in-sign"],
    ["loop-follows-protocol"],
  ],
  "the weakest counter alone": [
    { select: wrong.weakest },
    ["selected-counters-predict-time"],
    ["loop-follows-protocol"],
  ],
  "a model of few counters that blames the size of the code": [
    { fit: wrong.misled },
    ["few-counters-suffice", "selected-counters-predict-time"],
    ["selected-counters-agree-in-sign"],
  ],
};
for (const [name, [put, fail, hold]] of Object.entries(replaced)) {
  test(`wrong: ${name}`, async () => {
    const options = { seed: 31, preset: "full", subject: { ...pretended, ...put } } as const;
    const verdicts = await verdictsOf(room, options);
    for (const claim of fail) assert.equal(verdicts[claim], "fails", claim);
    for (const claim of hold) assert.equal(verdicts[claim], "holds", claim);
  });
}
