import assert from "node:assert/strict";
import { test } from "node:test";
import { ownResultOf, verdictsOf } from "@daily-kernel/reproduction/testing";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

const { subject } = room;
type Subject = typeof subject;

const claims = room.paper.claims.map(({ id }) => id);

/** No flowers: for the claims that a test is not about. */
const noFlowers: Partial<Subject> = { iris: async () => ({ quantum: 0, gaussian: 150, tuned: 0 }) };
/** And one step of training. */
const light: Partial<Subject> = {
  ...noFlowers,
  train: (x, y, options) => subject.train(x, y, { ...options, steps: 1 }),
};

for (const seed of [2, 77, 1_000_003]) {
  test(`seed ${seed}: all that quick measures holds`, async () => {
    const verdicts = await verdictsOf(room, { seed });
    for (const claim of claims) assert.equal(verdicts[claim], "holds", claim);
  });
}

/** Which claims must fail, and which must still hold, with a wrong implementation in place. */
const replaced: Record<string, [Partial<Subject>, string[], string[]]> = {
  "coordinates wrapped around": [
    { kernelOf: wrong.wrappedCoordinates },
    ["kernel-matches-dense-algebra", "kernel-machine-separates"],
    ["shot-noise-is-binomial"],
  ],
  "a map without interaction": [
    { kernelOf: wrong.withoutPairs },
    ["kernel-matches-dense-algebra", "kernel-machine-separates"],
    ["gaussian-kernel-fails-here"],
  ],
  "a kernel of two qubits for any number": [
    { kernelOf: wrong.firstTwoQubits },
    ["kernel-concentrates"],
    ["kernel-machine-separates"],
  ],
  "labels that a line separates": [
    { data: wrong.linearLabels },
    ["gaussian-kernel-fails-here"],
    ["kernel-matches-dense-algebra"],
  ],
  "shots with normal noise of one size": [
    { estimate: wrong.normalShots },
    ["shot-noise-is-binomial"],
    ["kernel-machine-separates"],
  ],
  "shots that are lost": [
    { estimate: wrong.lostShots },
    ["shot-estimates-are-unbiased"],
    ["device-shots-suffice"],
  ],
  "shots of a circuit without interaction": [
    { estimate: wrong.lostInteraction },
    ["few-shots-suffice", "device-shots-suffice"],
    ["kernel-machine-separates"],
  ],
  "an average in the place of an extrapolation": [
    { extrapolate: wrong.averaged },
    ["extrapolation-reduces-noise"],
    ["shot-noise-is-binomial"],
  ],
  "a constant label from the Gaussian kernel": [
    { gaussian: wrong.constantLabel, iris: subject.iris },
    ["no-advantage-on-iris"],
    ["gaussian-kernel-fails-here"],
  ],
};
for (const [name, [put, fail, hold]] of Object.entries(replaced)) {
  test(`wrong: ${name}`, async () => {
    const verdicts = await verdictsOf(room, { seed: 31, subject: { ...light, ...put } });
    for (const claim of fail) assert.equal(verdicts[claim], "fails", claim);
    for (const claim of hold) assert.equal(verdicts[claim], "holds", claim);
  });
}

test("wrong: a circuit without layers, whatever was asked for", async () => {
  const train = wrong.alwaysShallow(subject.train);
  const verdicts = await verdictsOf(room, { seed: 31, subject: { ...noFlowers, train } });
  assert.equal(verdicts["deep-circuit-learns"], "fails");
  assert.equal(verdicts["depth-helps"], "fails");
  assert.equal(verdicts["shallow-circuit-does-not"], "holds");
});

test("wrong: four layers, whatever was asked for", async () => {
  const train = wrong.alwaysDeep(subject.train);
  const verdicts = await verdictsOf(room, { seed: 31, subject: { ...noFlowers, train } });
  assert.equal(verdicts["shallow-circuit-does-not"], "fails");
  assert.equal(verdicts["deep-circuit-learns"], "holds");
});

test("own points: both kernels are scored, and what cannot be read is named", async () => {
  const { facts } = await ownResultOf(room, { points: "" });
  const value = (label: string) => facts.find((fact) => fact.label.startsWith(label))!.value;
  assert.equal(value("Points"), "24 with 2 features, 2 labels");
  assert.ok(Number.parseFloat(value("Gaussian")) > 80);
  assert.ok(Number.parseFloat(value("Quantum")) > 60);
  assert.equal(value("Always"), "50.0 %");
  const lines = Array.from({ length: 10 }, (_, i) => `${i}, ${i % 3}, ${i % 2}`);
  const refused = (points: string[], message: RegExp) =>
    assert.rejects(ownResultOf(room, { points: points.join("\n") }), message);
  await refused(lines.slice(1), /10 to 300 lines, got 9/);
  await refused(lines.with(3, "1, x, 0"), /line 4: "x" must be a finite number/);
  await refused(lines.with(3, "1, 0"), /line 4: expected 3 cells/);
  await refused(lines.with(3, "1, 2, c"), /at least five lines/);
});
