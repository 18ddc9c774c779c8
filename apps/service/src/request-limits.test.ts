import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "@daily-kernel/feed/node";
import { limitsTimes } from "./request-limits.ts";

test("requests may be more, logins not", () => {
  assert.deepEqual(limitsTimes(1), limits);
  const many = limitsTimes(1000);
  assert.equal(many.api.limit, 500_000);
  assert.equal(many.search.limit, 50_000);
  assert.deepEqual(many["login-attempt"], limits["login-attempt"]);
});
