import type { Device, Preset, RunRecord } from "@daily-kernel/reproduction";
import type { CommonMessage } from "../child/limited-child.ts";

/** What a measuring process is told. */
export interface ChildTask {
  readonly root: string;
  readonly slug: string;
  readonly preset: Preset;
  readonly seed: number;
  readonly device: Device;
  readonly threads: number;
}

/** What it sends back. */
export type ChildMessage = CommonMessage | { readonly type: "record"; readonly record: RunRecord };
