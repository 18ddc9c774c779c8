import assert from "node:assert/strict";
import { test } from "node:test";
import { breakLines } from "./share-image.ts";

const width = (text: string) => text.length;

test("lines are filled, and none is wider than allowed", () => {
  assert.deepEqual(breakLines(width, "one two three four", 9, 4), ["one two", "three", "four"]);
});

test("a text with too many lines ends in an ellipsis that fits", () => {
  assert.deepEqual(breakLines(width, "one two three four five", 9, 2), ["one two", "three …"]);
});

test("a word longer than the line has one of its own", () => {
  assert.deepEqual(breakLines(width, "a incomprehensible b", 6, 3), ["a", "incomprehensible", "b"]);
});
