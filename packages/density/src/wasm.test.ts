import { test } from "node:test";
import { checkModules, passOnPlainSimd } from "../../../scripts/testing/kernel-module.ts";
import * as kernels from "./kernels.generated.ts";

test("kernels carry no data, start nothing and import the memory alone", () => {
  checkModules(kernels);
});

test("estimates and bandwidths pass their tests on plain SIMD, as a runtime without relaxed SIMD runs it", () => {
  passOnPlainSimd(import.meta.url, ["kde/gaussian-kde.test.ts", "bandwidth/bandwidth.test.ts"], 10);
});
