import assert from "node:assert/strict";
import { test } from "node:test";
import { smartRecords } from "./smart.ts";

test("records, fields and joined lines", () => {
  const text = ".I 1\r\n.T\r\na  wing\r\nin a stream .\r\n.W\r\n.I 007\r\n.W\r\nheat\r\n";
  assert.deepEqual(smartRecords(text), [
    { id: 1, fields: { T: "a wing in a stream ." } },
    { id: 7, fields: { W: "heat" } },
  ]);
});

test("text outside a field is refused", () => {
  const message = /text before the first field: "lost"/;
  assert.throws(() => smartRecords("lost\n.I 1"), { code: "ERR_DATA", message });
  assert.throws(() => smartRecords(".I 1\n.T\nfound\n.I 2\nlost"), { code: "ERR_DATA", message });
});
