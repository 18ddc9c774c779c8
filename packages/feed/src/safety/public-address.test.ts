import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPublicAddress } from "./public-address.ts";

test("addresses of the open internet are public", () => {
  for (const address of [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "151.101.1.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "2001:4860:4860::8888",
  ])
    assert.equal(isPublicAddress(address), true, address);
});

test("everything that leads inwards, nowhere or to many is not", () => {
  for (const address of [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1", // carrier-grade NAT
    "100.100.100.200", // Alibaba's metadata
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16", // Azure
    "169.254.169.254", // metadata of AWS, Azure, GCP
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192", // Oracle's metadata
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.251",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1", // IPv4-compatible
    "::127.0.0.1",
    "::ffff:127.0.0.1", // IPv4-mapped
    "::ffff:8.8.8.8", // refused by its form, wherever it leads
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1", // NAT64
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1", // discard
    "2001::1", // Teredo
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:db8::1",
    "2002:7f00:1::", // 6to4 of 127.0.0.1
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254", // AWS metadata over IPv6
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "2130706433",
    "0x7f.1",
    "127.1",
  ])
    assert.equal(isPublicAddress(address), false, address);
});

test("fuzz: an address inside is refused however it is wrapped in IPv6 (1,000 cases)", () => {
  const inside = fc
    .tuple(
      fc.constantFrom([10], [127], [169, 254], [192, 168], [172, 16]),
      fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }),
    )
    .map(([head, tail]) => [...head, ...tail].slice(0, 4));
  fc.assert(
    fc.property(inside, ([a = 0, b = 0, c = 0, d = 0]) => {
      const hex = [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16)).join(":");
      for (const form of [
        `${a}.${b}.${c}.${d}`,
        `::ffff:${a}.${b}.${c}.${d}`,
        `::ffff:${hex}`,
        `::${hex}`,
        `64:ff9b::${hex}`,
        `64:ff9b:1::${hex}`,
        `2002:${hex}::1`,
      ])
        assert.equal(isPublicAddress(form), false, form);
    }),
    { numRuns: 1000 },
  );
});
