import assert from "node:assert/strict";
import { test } from "node:test";
import { fromOwnMachine } from "./own-machine.ts";

const here = {
  baseUrl: "http://localhost:3000",
  hostname: "localhost",
  address: "127.0.0.1",
  forwarded: false,
};

test("who sits at this machine, by every sign of it", () => {
  assert.equal(fromOwnMachine(here), true);
  assert.equal(fromOwnMachine({ ...here, hostname: "[::1]", address: "::1" }), true);
  assert.equal(fromOwnMachine({ ...here, address: "::ffff:127.0.0.1" }), true);
  for (const other of [
    { baseUrl: "https://papers.example.org" },
    { hostname: "evil.example" }, // a name that was turned to 127.0.0.1
    { forwarded: true }, // a proxy beside us
    { address: "192.168.1.7" },
    { address: "1127.0.0.1" },
    { address: "" },
  ])
    assert.equal(fromOwnMachine({ ...here, ...other }), false, JSON.stringify(other));
});
