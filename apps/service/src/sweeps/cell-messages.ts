import type { CellEvent } from "@daily-kernel/feed/node";
import type { Candidate, Strategy } from "@daily-kernel/forge";
import type { CommonMessage } from "../child/limited-child.ts";
import type { CellResult } from "./cell-result.ts";

/** What a cell of `improve` is told beside task, back end and seed. */
export interface ImproveRequest {
  readonly dims: readonly number[];
  readonly evaluations: number;
  readonly strategy: Strategy;
}

/** What a cell of `bench` is told. */
export interface BenchRequest {
  readonly dims: readonly number[];
  readonly kernel: Candidate;
  readonly baseline: Candidate;
}

/** What a process that does a cell is told, by its first message. */
export type CellTask = {
  readonly task: string;
  readonly backend: string;
  readonly seed: number;
  /** Where it is: times belong to this machine. */
  readonly machine: string;
  /** The steps that were kept already. */
  readonly events: readonly CellEvent[];
} & (
  | { readonly kind: "improve"; readonly request: ImproveRequest }
  | { readonly kind: "bench"; readonly request: BenchRequest }
);

/** What it sends. It waits for the answer to an event. */
export type CellMessage =
  | CommonMessage
  | { readonly type: "event"; readonly position: number; readonly line: string }
  | { readonly type: "result"; readonly result: CellResult };

/** The answer: the event is safe. */
export interface Kept {
  readonly type: "kept";
  readonly position: number;
}
