import { test } from "node:test";
import { checkModules, passOnPlainSimd } from "../../../scripts/testing/kernel-module.ts";
import * as kernels from "./kernels.generated.ts";

test("kernels carry no data, start nothing and import the memory alone", () => {
  checkModules(kernels);
});

test("the simulator passes its tests on plain SIMD, as a runtime without relaxed SIMD runs it", () => {
  passOnPlainSimd(
    import.meta.url,
    ["simulator/simulator.test.ts", "feature-maps/feature-maps.test.ts"],
    15,
  );
});
