import type { RunRecord } from "@daily-kernel/reproduction";
import type { OutcomeView } from "../claim-view.ts";
import type { FigureView } from "../figure-view.ts";
import { Job } from "./job.svelte.ts";
import type { Request } from "./protocol.ts";

/** The reader's run of a paper: verdicts and figures as they arrive, the record at the end. */
export class Run {
  outcomes = $state.raw<Readonly<Record<string, OutcomeView>>>({});
  figures = $state.raw<readonly FigureView[]>([]);
  record = $state.raw<RunRecord | null>(null);

  readonly job: Job = new Job((report) => {
    if (report.type === "claim") this.outcomes = { ...this.outcomes, [report.id]: report.outcome };
    else if (report.type === "figure") this.#draw(report.figure);
    else if (report.type === "done") {
      this.outcomes = report.outcomes;
      this.record = report.record;
    }
  });

  start(request: Extract<Request, { type: "run" }>): void {
    this.outcomes = {};
    this.figures = [];
    this.record = null;
    this.job.start(request);
  }

  #draw(figure: FigureView): void {
    const at = this.figures.findIndex(({ id }) => id === figure.id);
    this.figures = at < 0 ? [...this.figures, figure] : this.figures.with(at, figure);
  }
}
