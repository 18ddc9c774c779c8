import type { KernelTime } from "@daily-kernel/forge";
import { Job } from "../run/job.svelte.ts";
import type { Request } from "../run/protocol.ts";
import type { VerdictView } from "./verdict-view.ts";

/** What was tried: the fields of the page as they were then. */
export type Tried = Omit<Extract<Request, { type: "kernel" }>, "type">;

/** The reader's trial of a kernel: the verdict when it is there, the time at the end. */
export class Trial {
  tried = $state.raw<Tried | null>(null);
  verdict = $state.raw<VerdictView | null>(null);
  time = $state.raw<KernelTime | null>(null);
  adapter = $state("");

  readonly job: Job = new Job((report) => {
    if (report.type === "verdict") this.verdict = report.verdict;
    else if (report.type === "kernel-done") {
      this.adapter = report.adapter;
      this.time = report.time;
    }
  }, "Loading the judge");

  start(tried: Tried): void {
    this.tried = tried;
    this.verdict = null;
    this.time = null;
    this.job.start({ type: "kernel", ...tried });
  }
}
