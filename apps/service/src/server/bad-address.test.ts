import assert from "node:assert/strict";
import { test } from "node:test";
import { isBadAddress } from "./bad-address.ts";

test("addresses that no page has", () => {
  for (const bad of ["/papers/%00", "/?q=%00", "/papers/%ff", "/%", "/%c3", "/%zz", "/a\0"])
    assert.equal(isBadAddress(bad), true, bad);
  for (const good of ["/", "/papers/qmcpy?preset=full", "/?q=na%C3%AFve+100%25", "/%2500", "/é"])
    assert.equal(isBadAddress(good), false, good);
});
