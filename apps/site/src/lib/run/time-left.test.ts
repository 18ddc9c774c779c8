import assert from "node:assert/strict";
import { test } from "node:test";
import { secondsLeft } from "./time-left.ts";

test("time left follows the pace so far", () => {
  assert.equal(secondsLeft(0.25, 5), 15);
  assert.equal(secondsLeft(1, 20), 0);
});

test("nothing is promised from too little", () => {
  assert.equal(secondsLeft(0.001, 10), null);
  assert.equal(secondsLeft(0.5, 0.1), null);
});
