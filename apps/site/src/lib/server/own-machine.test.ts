import assert from "node:assert/strict";
import { test } from "node:test";
import { onOwnMachine } from "./own-machine.ts";

const here = {
  baseUrl: "http://localhost:3000",
  hostname: "localhost",
  address: "127.0.0.1",
  headers: {} as Record<string, string>,
};
const asks = ({ baseUrl, hostname, address, headers }: typeof here) =>
  onOwnMachine(new Request(`http://${hostname}:3000/outbox`, { headers }), address, baseUrl);

test("who sits at this machine, by every sign of it", () => {
  assert.equal(asks(here), true);
  assert.equal(asks({ ...here, hostname: "[::1]", address: "::1" }), true);
  assert.equal(asks({ ...here, address: "::ffff:127.0.0.1" }), true);
  for (const other of [
    { baseUrl: "https://papers.example.org" },
    { hostname: "evil.example" }, // a name that was turned to 127.0.0.1
    { headers: { "x-forwarded-for": "192.168.1.7" } }, // a proxy beside us
    { headers: { forwarded: "for=192.168.1.7" } },
    { address: "192.168.1.7" },
    { address: "1127.0.0.1" },
    { address: "127.evil.example" },
    { address: "" },
  ])
    assert.equal(asks({ ...here, ...other }), false, JSON.stringify(other));
});
