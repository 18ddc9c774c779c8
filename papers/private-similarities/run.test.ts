import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "@daily-kernel/datasets";
import { verdictsOf } from "@daily-kernel/reproduction/testing";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

type Subject = typeof room.subject;

for (const seed of [2, 77, 1_000_003]) {
  test(`seed ${seed}: what quick measures is as recorded, the clock aside`, async () => {
    const verdicts = await verdictsOf(room, { seed });
    for (const claim of [
      "l1-error-bound-holds",
      "l1-error-on-flights",
      "noise-against-epsilon",
      "noise-against-dimension",
      "audit-within-epsilon",
    ]) {
      assert.ok(
        ["holds", "not-measured"].includes(verdicts[claim]!),
        `${claim} ${verdicts[claim]}`,
      );
    }
    // The theorem's term is an upper bound: thin shells take fewer nodes.
    assert.equal(verdicts["noise-against-alpha"], "fails");
    assert.equal(verdicts["faster-than-private-gradient-descent"], "fails");
  });
}

const { subject } = room;
const empty = memorySource(new Map());

/** Answers at no cost, for the claims that a test is not about. */
const light: Partial<Subject> = {
  noiseOf: async (_make, { dimension, epsilon, alpha = 1 }) =>
    dimension ** 1.5 / epsilon / Math.sqrt(alpha),
  classifier: () => ({
    fit: async () => ({ predict: (y) => new Uint32Array(y.rows) }),
  }),
  audit: async () => [{ name: "none", ratio: 0 }],
  exactAccuracy: async () => 0,
  dpSgd: wrong.instantDescent,
};
const { noiseOf, audit } = subject;

const needingData = [
  "l1-error-on-flights",
  "private-digit-classifier",
  "faster-than-private-gradient-descent",
];

/** What is put in place, which claims must fail, and which must still hold. */
const replaced: Record<string, [Partial<Subject>, string[], string[]]> = {
  "one side of the query only": [
    { l1: wrong.oneSided },
    ["l1-error-bound-holds", "l1-error-on-flights"],
    ["noise-against-epsilon", "noise-against-dimension"],
  ],
  "noise by the root of epsilon": [
    { noiseOf, l1: wrong.rootEpsilon },
    ["noise-against-epsilon"],
    ["noise-against-dimension"],
  ],
  "epsilon not shared among coordinates": [
    { noiseOf, l1: wrong.wholeEpsilonEach },
    ["noise-against-dimension"],
    ["noise-against-epsilon"],
  ],
  "shells that do not know alpha": [
    { noiseOf, l1: wrong.deafToAlpha },
    ["noise-against-alpha"],
    ["noise-against-epsilon", "noise-against-dimension"],
  ],
  "epsilon added over disjoint classes": [
    { classifier: wrong.tenthEach },
    ["private-digit-classifier"],
    [],
  ],
  "half the noise": [{ audit, promised: wrong.halfTheNoise }, ["audit-within-epsilon"], []],
  "substitution audited as removal": [
    { audit, promised: wrong.blindToSubstitution },
    ["audit-within-epsilon"],
    [],
  ],
  "a gradient descent of no time": [
    { dpSgd: wrong.instantDescent },
    ["faster-than-private-gradient-descent"],
    ["audit-within-epsilon"],
  ],
};
for (const [name, [put, fail, hold]] of Object.entries(replaced)) {
  test(`wrong: ${name}`, async (t) => {
    const needsData = fail.some((claim) => needingData.includes(claim));
    const verdicts = await verdictsOf(room, {
      seed: 31,
      subject: { ...light, ...put },
      ...(needsData ? {} : { source: empty }),
    });
    if (fail.some((claim) => verdicts[claim] === "not-measured")) {
      t.skip("the data set is not here");
      return;
    }
    for (const claim of fail) assert.equal(verdicts[claim], "fails", claim);
    for (const claim of hold) assert.equal(verdicts[claim], "holds", claim);
  });
}
