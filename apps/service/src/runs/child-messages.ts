import type { Device, Preset, RunRecord } from "@daily-kernel/reproduction";

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
export type ChildMessage =
  | { readonly type: "progress"; readonly fraction: number; readonly doing: string }
  | { readonly type: "memory"; readonly bytes: number }
  | { readonly type: "record"; readonly record: RunRecord }
  | { readonly type: "error"; readonly message: string; readonly stack: string };
