import assert from "node:assert/strict";
import { test } from "node:test";
import { labelledImages } from "./labelled-images.ts";

const set = {
  images: new Uint8Array(2 * 3 * 4),
  labels: Uint8Array.of(0, 1),
  n: 2,
  height: 3,
  width: 4,
  channels: 1,
  classNames: ["a", "b"],
};

test("sizes and labels must fit", () => {
  const checked = labelledImages("s", set);
  assert.deepEqual(checked, set);
  assert.notEqual(checked.classNames, set.classNames, "the caller may change the result");
  assert.throws(() => labelledImages("s", { ...set, channels: 3 }), {
    code: "ERR_DATA",
    message: "s: expected 2 labels and 72 image bytes, got 2 and 24",
  });
  assert.throws(() => labelledImages("s", { ...set, labels: Uint8Array.of(0) }), {
    code: "ERR_DATA",
  });
  assert.throws(() => labelledImages("s", { ...set, labels: Uint8Array.of(0, 2) }), {
    code: "ERR_DATA",
    message: "s: labels must be below 2, got 2 at index 1",
  });
});
