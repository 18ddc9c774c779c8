import assert from "node:assert/strict";
import { test } from "node:test";
import { idxBytes } from "./idx.ts";

const header = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3];
const files = (...bytes: number[]) => new Map([["f", Uint8Array.from(bytes)]]);

test("an IDX file yields a copy of its bytes", () => {
  const given = files(...header, 1, 2, 3, 4, 5, 6);
  const data = idxBytes(given, "f", [2, 3]);
  assert.deepEqual(data, Uint8Array.of(1, 2, 3, 4, 5, 6));
  data[0] = 99;
  assert.equal(given.get("f")![12], 1);
});

test("another type, rank, size or length is refused", () => {
  const refused = (bytes: number[], dims: number[], message: RegExp) =>
    assert.throws(() => idxBytes(files(...bytes), "f", dims), { code: "ERR_DATA", message });
  const floats = [0, 0, 13, 2, ...header.slice(4), 1, 2, 3, 4, 5, 6];
  refused(floats, [2, 3], /f: not an IDX file of bytes with 2 dimensions/);
  refused([...header, 1, 2, 3, 4, 5, 6], [6], /with 1 dimensions/);
  refused([...header, 1, 2, 3, 4, 5, 6], [3, 2], /expected 3 x 2, got 2 x 3 in 18 bytes/);
  refused([...header, 1, 2, 3, 4, 5], [2, 3], /in 17 bytes/);
  refused([0, 0], [2, 3], /not an IDX file/);
  assert.throws(() => idxBytes(new Map(), "f", [1]), { message: /f is not among the given/ });
});
