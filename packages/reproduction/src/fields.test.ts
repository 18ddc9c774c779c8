import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Fields, offered, settle } from "./fields.ts";
import { fixturePaper } from "./fixture.ts";
import { checkValues, defineOwnInput, type OwnResult } from "./own-input.ts";
import { defineRoom } from "./room.ts";
import { ownResultOf } from "./testing.ts";

const fields = {
  family: {
    kind: "choice",
    label: "Family",
    initial: "net",
    options: [
      { value: "net", label: "Net" },
      { value: "lattice", label: "Lattice" },
    ],
  },
  shift: {
    kind: "choice",
    label: "Randomization",
    initial: "digital",
    options: [
      { value: "digital", label: "Digital shift", when: { family: ["net"] } },
      { value: "shift", label: "Shift", when: { family: ["lattice"] } },
      { value: "none", label: "None" },
    ],
  },
  n: { kind: "integer", label: "Points", min: 1, max: 64, initial: 16 },
  text: { kind: "text", label: "Your numbers", example: "1 2 3" },
} as const satisfies Fields;

const valid = { family: "lattice", shift: "shift", n: 8, text: "4" };

test("a form starts with values that its own check lets pass, and the example for an empty text", () => {
  const initial = settle(fields);
  assert.deepEqual(initial, { family: "net", shift: "digital", n: 16, text: "" });
  assert.deepEqual(checkValues(fields, initial), { ...initial, text: "1 2 3" });
});

test("a choice offers what goes with the others, and settles on the first such option", () => {
  const values = (options: readonly { value: string }[]) => options.map(({ value }) => value);
  assert.deepEqual(values(offered(fields.shift, settle(fields))), ["digital", "none"]);
  const changed = settle(fields, { ...settle(fields), family: "lattice" });
  assert.equal(changed.shift, "shift");
  assert.equal(settle(fields, { family: "lattice", shift: "none" }).shift, "none");
});

test("whatever an address holds, a form settles on values that pass", () => {
  const anything = fc.record(
    {
      family: fc.oneof(fc.constantFrom("net", "lattice", "", "n"), fc.anything()),
      shift: fc.oneof(fc.constantFrom("digital", "shift", "none"), fc.anything()),
      n: fc.oneof(fc.constantFrom("", "8", "1e9", "-1", "2.5", null), fc.integer(), fc.string()),
      text: fc.oneof(fc.string(), fc.constant(undefined)),
    },
    { requiredKeys: [] },
  );
  fc.assert(fc.property(anything, (given) => void checkValues(fields, settle(fields, given))));
  assert.equal(settle(fields, { n: "8" }).n, 8);
  for (const n of ["", null, "x", 0, 65, 2.5]) assert.equal(settle(fields, { n }).n, 16, `${n}`);
});

test("values that a form does not take are refused by the field's label", () => {
  const refuses = (rest: object, message: RegExp, name = "RangeError") =>
    assert.throws(() => checkValues(fields, { ...valid, ...rest }), { name, message });
  assert.deepEqual(checkValues(fields, valid), valid);
  refuses({ n: 65 }, /^Points: expected a whole number from 1 to 64, got 65$/);
  refuses({ n: Number.NaN }, /^Points: .* got NaN$/);
  refuses({ n: "8" }, /^Points: /);
  refuses({ n: "" }, /^Points: .* got nothing$/);
  refuses({ family: "tree" }, /^Family: expected "Net", "Lattice", got "tree"$/);
  refuses({ shift: "digital" }, /"Digital shift" does not go with .* leave "Shift", "None"$/);
  refuses({ text: 4 }, /^Your numbers: expected text, got 4$/, "TypeError");
  refuses({ more: 1 }, /there is no field "more"/, "TypeError");
});

test("a room runs on checked values of the types that its fields say", async () => {
  const ownInput = defineOwnInput({
    fields,
    async run({ family, n, text }): Promise<OwnResult> {
      const typed: "net" | "lattice" = family;
      return { facts: [{ label: typed, value: `${n + 1} ${text.length}` }], figures: [] };
    },
  });
  const room = defineRoom({ paper: fixturePaper, subject: {}, run: async () => {}, ownInput });
  const { facts } = await ownResultOf(room, { ...valid, text: "" });
  assert.deepEqual(facts, [{ label: "lattice", value: "9 5" }]);
  await assert.rejects(ownResultOf(room, { ...valid, n: 0 }), /Points: expected/);
  const { ownInput: _, ...without } = room;
  await assert.rejects(ownResultOf(without, {}), /takes no input of one's own/);
});
