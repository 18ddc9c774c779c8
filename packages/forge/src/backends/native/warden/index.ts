import { base } from "./base.ts";
import { filter } from "./filter.ts";
import { runner } from "./runner.ts";
import { sandbox } from "./sandbox.ts";
import { sharedTensors } from "./shared-tensors.ts";
import { supervisor } from "./supervisor.ts";
import { tool } from "./tool.ts";
import { watch } from "./watch.ts";

/**
 * The program, in C, that stands between the forge and native code. `warden session` holds a
 * candidate in a process of its own, calls it and watches it from a second process; `warden tool`
 * runs a compiler in the same sandbox. One translation unit, compiled once on each machine.
 */
export const wardenSource = [
  base,
  sandbox,
  filter,
  runner,
  watch,
  sharedTensors,
  supervisor,
  tool,
].join("\n");
