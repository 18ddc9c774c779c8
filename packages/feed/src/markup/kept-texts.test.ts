import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptTexts } from "./kept-texts.ts";

test("a text is made once, and again when it was forgotten", () => {
  const texts = new KeptTexts(80);
  const made: string[] = [];
  const make = (source: string) => {
    made.push(source);
    return source.toUpperCase();
  };
  const ask = (source: string) => texts.of(source, make);
  // Ten units each, five and five: there is room for eight.
  const names = Array.from({ length: 8 }, (_, i) => `text${i}`);
  for (const name of names) assert.equal(ask(name), name.toUpperCase());
  assert.equal(ask("text0"), "TEXT0");
  assert.deepEqual(made, names);
  ask("text8");
  assert.ok(texts.units <= 80);
  // The first was asked for lately, the second is the one that went.
  ask("text0");
  assert.equal(made.length, 9);
  ask("text1");
  assert.equal(made.length, 10);
});

test("what would take the room of many is not kept", () => {
  const texts = new KeptTexts(80);
  let times = 0;
  for (let i = 0; i < 3; i++)
    texts.of("a long one", () => {
      times++;
      return "!";
    });
  assert.equal(times, 3);
  assert.equal(texts.units, 0);
});
