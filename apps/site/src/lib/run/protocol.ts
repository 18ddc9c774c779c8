import type { KernelTime } from "@daily-kernel/forge";
import type { Device, OwnResult, Preset, RunRecord, Values } from "@daily-kernel/reproduction";
import type { OutcomeView } from "../claim-view.ts";
import type { FigureView } from "../figure-view.ts";
import type { VerdictView } from "../forge/verdict-view.ts";

/** What a record says of the sources that it ran. */
export type Provenance = Pick<RunRecord, "commit" | "dirty" | "sources" | "packages">;

/** Where a run computes. */
export interface Place {
  readonly device: Device;
  readonly threads: number;
}

/** What a page asks of the worker: one request at a time, then perhaps `cancel`, which is the last. */
export type Request =
  | (Place & {
      readonly type: "run";
      readonly slug: string;
      readonly preset: Preset;
      readonly seed: number;
      readonly provenance: Provenance;
    })
  | (Place & { readonly type: "own"; readonly slug: string; readonly values: Values })
  | {
      readonly type: "kernel";
      readonly task: string;
      readonly language: "wgsl" | "assemblyscript";
      readonly source: string;
      readonly grid: string;
    }
  | { readonly type: "cancel" };

/** What the worker tells the page. */
export type Report =
  | { readonly type: "progress"; readonly fraction: number; readonly doing: string }
  | { readonly type: "claim"; readonly id: string; readonly outcome: OutcomeView }
  | { readonly type: "figure"; readonly figure: FigureView }
  | {
      readonly type: "done";
      readonly record: RunRecord;
      readonly outcomes: Readonly<Record<string, OutcomeView>>;
    }
  | {
      readonly type: "own-done";
      readonly facts: OwnResult["facts"];
      readonly figures: readonly FigureView[];
    }
  | { readonly type: "verdict"; readonly verdict: VerdictView }
  | {
      readonly type: "kernel-done";
      readonly adapter: string;
      /** Null where the kernel was rejected. */
      readonly time: KernelTime | null;
    }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly message: string };
