import assert from "node:assert/strict";
import { test } from "node:test";
import { routeLabel } from "./route-label.ts";

test("data in an address is not in the route", () => {
  assert.equal(routeLabel("/", 200), "/");
  assert.equal(routeLabel("/papers/2409.08729", 200), "/papers/:");
  assert.equal(routeLabel("/api/papers/2409.08729/comments", 200), "/api/papers/:/comments");
  assert.equal(routeLabel("/u/0f0f0f", 200), "/u/:");
  assert.equal(routeLabel("/_app/immutable/x/y/z/w/v", 200), "/_app/immutable/:/:/:");
});

test("strangers cannot make up routes", () => {
  assert.equal(routeLabel("/wp-login.php", 404), "none");
  assert.equal(routeLabel("/papers/papers/papers", 404), "none");
});
