import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addressBytes, clientAddress, ipPrefix, storedPrefix } from "./address.ts";

const bytes = (...known: number[]) => Uint8Array.from(known);

test("addresses are read in all their forms", () => {
  assert.deepEqual(addressBytes("192.0.2.1"), bytes(192, 0, 2, 1));
  assert.deepEqual(addressBytes("::ffff:192.0.2.1"), bytes(192, 0, 2, 1));
  assert.deepEqual(addressBytes("::FFFF:c000:201"), bytes(192, 0, 2, 1));
  assert.deepEqual(addressBytes("[::1]"), bytes(...Array(15).fill(0), 1));
  assert.deepEqual(addressBytes("::"), bytes(...Array(16).fill(0)));
  assert.deepEqual(addressBytes("fe80::1%eth0"), bytes(0xfe, 0x80, ...Array(13).fill(0), 1));
  assert.deepEqual(
    addressBytes("2001:db8:1:2:3:4:5:6"),
    bytes(0x20, 1, 0x0d, 0xb8, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6),
  );
  for (const none of ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "::g", "a::b::c", "x"])
    assert.equal(addressBytes(none), null, none);
});

test("limits count IPv4 by address and IPv6 by /64, so that a host cannot hop in its network", () => {
  assert.equal(ipPrefix("203.0.113.9"), "203.0.113.9/32");
  assert.equal(ipPrefix("::ffff:203.0.113.9"), "203.0.113.9/32");
  assert.equal(ipPrefix("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(ipPrefix("2001:db8:1:2:ffff::9"), "2001:db8:1:2::/64");
  assert.notEqual(ipPrefix("2001:db8:1:3::1"), ipPrefix("2001:db8:1:2::1"));
  assert.equal(ipPrefix("::1"), "::/64");
  assert.equal(ipPrefix("nonsense"), "unknown");
});

test("what is stored names no household", () => {
  assert.equal(storedPrefix("203.0.113.9"), "203.0.113.0/24");
  assert.equal(storedPrefix("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48");
});

test("every address of one network has one prefix, and only those (1,000 cases)", () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), (a, b) => {
      const [left, right] = [addressBytes(a)!, addressBytes(b)!];
      const same =
        left.length === right.length &&
        left.subarray(0, left.length === 4 ? 4 : 8).every((byte, i) => byte === right[i]);
      assert.equal(ipPrefix(a) === ipPrefix(b), same);
    }),
    { numRuns: 1000 },
  );
});

test("a client's own header is never believed", () => {
  const remote = "198.51.100.7";
  assert.equal(clientAddress(remote, "1.1.1.1", 0), remote);
  assert.equal(clientAddress(remote, null, 1), remote);
  // One proxy of ours: it wrote the last entry, the client wrote the rest.
  assert.equal(clientAddress("10.0.0.1", "1.1.1.1, 127.0.0.1, 203.0.113.9", 1), "203.0.113.9");
  assert.equal(clientAddress("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", 2), "203.0.113.9");
  // Too short, or no address where one should stand: the connection's own.
  assert.equal(clientAddress("10.0.0.1", "203.0.113.9", 2), "10.0.0.1");
  assert.equal(clientAddress("10.0.0.1", "203.0.113.9, unknown", 1), "10.0.0.1");
  assert.equal(clientAddress("10.0.0.1", "", 1), "10.0.0.1");
  assert.equal(clientAddress("10.0.0.1", "203.0.113.9", Number.NaN), "10.0.0.1");
  // With a port, as some proxies write it.
  assert.equal(clientAddress("10.0.0.1", "203.0.113.9:4711", 1), "203.0.113.9");
  assert.equal(clientAddress("10.0.0.1", "[2001:db8::1]:4711", 1), "2001:db8::1");
});

test("fuzz: behind one proxy nothing that the client sends changes the answer (1,000 cases)", () => {
  const header = fc.oneof(
    fc.string(),
    fc.array(fc.ipV4()).map((list) => list.join(", ")),
  );
  fc.assert(
    fc.property(header, fc.oneof(fc.ipV4(), fc.ipV6()), (sent, client) => {
      assert.equal(clientAddress("10.0.0.1", `${sent}, ${client}`, 1), client);
      assert.equal(clientAddress(client, sent, 0), client);
    }),
    { numRuns: 1000 },
  );
});
