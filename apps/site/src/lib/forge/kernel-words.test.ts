import assert from "node:assert/strict";
import { test } from "node:test";
import type { KernelTime } from "@daily-kernel/forge";
import { percent, rate, roofline, time } from "./kernel-words.ts";

test("times and rates have three digits and a unit that fits", () => {
  assert.equal(time(12), "12.0 ns");
  assert.equal(time(1234), "1.23 µs");
  assert.equal(time(2.5e6), "2.50 ms");
  assert.equal(time(7e9), "7.00 s");
  assert.equal(rate(321e9, "B/s"), "321 GB/s");
  assert.equal(rate(5, "FLOP/s"), "5.00 FLOP/s");
  assert.deepEqual([0.00154, 0.42, 1, 3.1].map(percent), ["0.15 %", "42 %", "100 %", "310 %"]);
});

test("the remark names what bounds the kernel, and refuses what cannot be", () => {
  const about = (by: "memory" | "arithmetic", share: number, flags: KernelTime["flags"] = []) =>
    roofline({
      dims: [1],
      medianNs: 1,
      ci95: [1, 1],
      samples: 12,
      flopsPerSecond: 1,
      bytesPerSecond: 1,
      bound: { ns: 1, by, bytesPerSecond: 2e11, flopsPerSecond: 3e12 },
      rooflineFraction: share,
      flags,
    });
  assert.match(about("memory", 0.5), /copy crosses at 200 GB\/s; it reaches 50 %.*Read every/);
  assert.match(about("arithmetic", 0.01), /3\.00 TFLOP\/s; it reaches 1\.0 %.*registers/);
  assert.match(about("memory", 0.9), /little left/);
  assert.match(about("memory", 3, ["implausible"]), /does not count/);
});
