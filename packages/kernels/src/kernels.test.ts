import { test } from "node:test";
import { checkModules, passOnPlainSimd } from "../../../scripts/testing/kernel-module.ts";
import * as kernels from "./kernels.generated.ts";

test("kernels carry no data, start nothing and import the memory alone", () => {
  checkModules(kernels);
});

test("transforms and waves pass their tests on plain SIMD, as a runtime without relaxed SIMD runs them", () => {
  passOnPlainSimd(
    import.meta.url,
    ["transforms/transforms.test.ts", "feature-maps/turns.test.ts"],
    12,
  );
});
