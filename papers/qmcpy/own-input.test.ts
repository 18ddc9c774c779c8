import assert from "node:assert/strict";
import { test } from "node:test";
import { IIDStdUniform, Sobol } from "@daily-kernel/qmc";
import { checkValues, defineRoom, type OwnResult } from "@daily-kernel/reproduction";
import { offered, settle } from "@daily-kernel/reproduction/fields";
import { figureToSvg } from "@daily-kernel/reproduction/svg";
import { ownResultOf } from "@daily-kernel/reproduction/testing";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";

const { fields } = ownInput;
const room = defineRoom({ paper, subject: {}, run: async () => {}, ownInput });
/** The view after a reader changed these fields. */
const view = (changes: Record<string, unknown>) => ownResultOf(room, settle(fields, changes));
const fact = ({ facts }: OwnResult, label: string) => {
  const found = facts.find((one) => one.label.startsWith(label));
  assert.ok(found, `no fact "${label}" in ${facts.map((one) => one.label).join(", ")}`);
  return found.value;
};
/** The number of a fact, and that of independent points beside it. */
const both = (result: OwnResult, label: string) => {
  const [own, independent] = fact(result, label)
    .match(/[\d.]+(e[+-]\d+)?/g)!
    .map(Number);
  return { own: own!, independent: independent! };
};

/** Every family with every randomization and order that the form offers for it. */
const combinations = fields.family.options.flatMap(({ value: family }) => {
  const values = settle(fields, { family });
  return offered(fields.randomize, values).flatMap(({ value: randomize }) =>
    offered(fields.order, values).map(({ value: order }) => ({ family, randomize, order })),
  );
});

test("whatever the form offers can be drawn, in the unit square, with numbers in every fact", async () => {
  assert.ok(combinations.length >= 38, `${combinations.length}`);
  for (const choice of combinations) {
    const values = { n: "64", dimension: 5, x: 4, y: 2, ...choice };
    assert.deepEqual(settle(fields, values), { ...settle(fields), ...values });
    const result = await view(values);
    const [figure] = result.figures;
    assert.deepEqual(
      figure!.series.map(({ x }) => x.length),
      [32, 32],
      JSON.stringify(choice),
    );
    for (const { x, y } of figure!.series)
      for (const value of [...x, ...y]) assert.ok(Number(value) >= 0 && Number(value) < 1);
    assert.ok(figureToSvg(figure!).startsWith("<svg"));
    assert.doesNotMatch(JSON.stringify(result.facts), /NaN|Infinity|undefined/);
  }
});

test("what is drawn are the chosen coordinates of the chosen points, in two halves", async () => {
  const result = await view({ n: "16", dimension: 4, x: 4, y: 3, seed: 5, randomize: "NUS" });
  const { data } = new Sobol({ dimension: 4, seed: 5, randomize: "NUS" }).points({ nMax: 16 });
  const [first, second] = result.figures[0]!.series;
  const coordinate = (j: number) => Array.from({ length: 16 }, (_, i) => data[i * 4 + j]!);
  assert.deepEqual([...first!.x, ...second!.x], coordinate(3));
  assert.deepEqual([...first!.y, ...second!.y], coordinate(2));
  assert.equal(first!.x.length, 8);
});

test("the facts tell a sequence from independent points", async () => {
  const labels = ["Centred L2", "L2 star", "Relative error, a smooth", "Relative error, Keister"];
  const sobol = await view({ n: "4096", dimension: 3 });
  const independent = await view({ family: "independent", n: "4096", dimension: 3 });
  for (const label of labels) {
    const even = both(sobol, label);
    assert.ok(even.own * 8 < even.independent, `${label}: ${fact(sobol, label)}`);
    const uneven = both(independent, label);
    assert.ok(
      uneven.own > uneven.independent / 200 && uneven.own < 4 * uneven.independent,
      `${label}: ${fact(independent, label)}`,
    );
  }
});

test("what independent points would have is their mean over many seeds", async () => {
  for (const label of ["Centred L2", "L2 star"]) {
    let squares = 0;
    let expected = 0;
    for (let seed = 0; seed < 60; seed++) {
      const values = { family: "independent", n: "32", dimension: 2, seed };
      const { own, independent } = both(await view(values), label);
      squares += own ** 2 / 60;
      expected = independent;
    }
    const ratio = Math.sqrt(squares) / expected;
    assert.ok(ratio > 0.8 && ratio < 1.2, `${label}: ${ratio}`);
  }
  const { data } = new IIDStdUniform({ dimension: 2, seed: 1 }).points({ nMax: 4 });
  const [first] = (await view({ family: "independent", n: "4", dimension: 2, seed: 1 })).figures[0]!
    .series;
  assert.deepEqual(first!.x, [data[0], data[2]]);
});

test("t-values: 0 for the first two coordinates, more for all, none for what is no net", async () => {
  const result = await view({ n: "1024", dimension: 12, randomize: "none" });
  assert.equal(fact(result, "t-value, 0 (best) to 10, shown"), "0");
  assert.match(fact(result, "t-value, 0 (best) to 10, all 12 coordinates"), /^[4-9]$/);
  const scrambled = await view({ n: "1024", dimension: 12, randomize: "OWEN", order: "gray" });
  const all = "t-value, 0 (best) to 10, all 12";
  assert.equal(fact(scrambled, all), fact(result, all));
  assert.match(fact(result, "Relative error, Keister"), /minus infinity/);
  const halton = await view({ family: "halton" });
  assert.ok(halton.facts.every(({ label }) => !label.startsWith("t-value")));
});

test("discrepancies of all coordinates stand there as long as they take no time", async () => {
  const all = ({ facts }: OwnResult) => facts.filter(({ label }) => /L2.*all/.test(label)).length;
  assert.equal(all(await view({ n: "256", dimension: 8 })), 2);
  assert.equal(all(await view({ n: "256", dimension: 2 })), 0);
  assert.equal(all(await view({ n: "8192", dimension: 8 })), 0);
});

test("coordinates that there are not, and choices that exclude one another, are refused", async () => {
  const refuses = (values: Record<string, unknown>, message: RegExp) =>
    assert.rejects(view(values), message);
  await refuses(
    { dimension: 3, x: 4 },
    /^RangeError: Coordinate across: there are 3 dimensions, got coordinate 4$/,
  );
  await refuses({ dimension: 3, y: 9 }, /Coordinate up: there are 3 dimensions, got coordinate 9/);
  await refuses({ x: 2, y: 2 }, /expected another coordinate than across, got 2 twice/);
  const values = settle(fields);
  const bad = (change: object, message: RegExp) =>
    assert.throws(() => checkValues(fields, { ...values, ...change }), message);
  bad({ randomize: "SHIFT" }, /Randomization: "Shift" does not go with the other choices/);
  bad({ order: "linear" }, /Order: "Linear" does not go with .* leave "Natural", "Gray code"/);
  bad({ n: "100" }, /Points: expected .*"16384", got "100"/);
  bad({ seed: -1 }, /Seed: expected a whole number/);
});
