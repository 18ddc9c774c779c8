import assert from "node:assert/strict";
import { test } from "node:test";
import { openLog } from "./log.ts";

test("a line is JSON with its level in words, and no secret is in it", () => {
  const lines: string[] = [];
  const log = openLog("info", { write: (text) => lines.push(text) });
  log.debug("not at this level");
  const error = Object.assign(new Error("550 no such user ada@example.org"), {
    code: "EENVELOPE",
    headers: { authorization: "Bearer abcdefghijklmnop" },
  });
  log.error({ err: error, token: "t0ken", to: { email: "ada@example.org" } }, "a mail failed");
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0]!);
  assert.equal(line.level, "error");
  assert.equal(line.msg, "a mail failed");
  assert.equal(line.err.code, "EENVELOPE");
  assert.match(line.err.stack, /log\.test\.ts/);
  assert.doesNotMatch(lines[0]!, /ada@example|t0ken|abcdefghijklmnop/);
});
