import { test } from "node:test";
import { checkModules } from "../../../scripts/testing/kernel-module.ts";
import * as kernels from "./kernels.generated.ts";

test("kernels carry no data, start nothing and import the memory alone", () => {
  checkModules(kernels);
});
