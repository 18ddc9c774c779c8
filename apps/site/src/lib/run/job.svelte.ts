import type { Report, Request } from "./protocol.ts";
import { secondsLeft } from "./time-left.ts";

export type JobState = "idle" | "running" | "cancelling" | "done" | "cancelled" | "failed";

/** A worker that does not answer a cancellation by then is ended, in milliseconds. */
const patience = 1500;

/** One piece of work in a worker of its own, as the page sees it. */
export class Job {
  state = $state<JobState>("idle");
  fraction = $state(0);
  doing = $state("");
  error = $state("");
  /** Seconds since the start, told by a clock that ticks twice a second. */
  elapsed = $state(0);
  readonly busy = $derived(this.state === "running" || this.state === "cancelling");
  readonly left = $derived(this.busy ? secondsLeft(this.fraction, this.elapsed) : null);

  readonly #onReport: (report: Report) => void;
  readonly #first: string;
  #keepWorker = false;
  #begun = 0;
  #worker: Worker | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  /** `first` says what is done until the worker says more. */
  constructor(onReport: (report: Report) => void, first = "Loading the reproduction") {
    this.#onReport = onReport;
    this.#first = first;
  }

  /**
   * Starts, in place of what still runs. With `keepWorker` the next start finds the worker, and the
   * room that it loaded, as this one leaves them.
   */
  start(request: Request, { keepWorker = false } = {}): void {
    if (this.busy) this.#end("idle");
    this.#keepWorker = keepWorker;
    this.state = "running";
    Object.assign(this, { fraction: 0, doing: this.#first, error: "", elapsed: 0 });
    this.#begun = performance.now();
    this.#clock = setInterval(() => this.#tick(), 500);
    this.#worker ??= this.#open();
    this.#worker.postMessage(request);
  }

  #open(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.#receive(data);
    worker.onerror = (event) => this.#fail(event.message || "the worker could not start");
    return worker;
  }

  cancel(): void {
    if (this.state !== "running") return;
    this.state = "cancelling";
    this.#worker?.postMessage({ type: "cancel" } satisfies Request);
    this.#deadline = setTimeout(() => this.#end("cancelled"), patience);
  }

  /** Ends the work without a word, when the reader leaves the page. */
  dispose(): void {
    this.#end("idle");
  }

  #receive(report: Report): void {
    switch (report.type) {
      case "failed":
        this.#fail(report.message);
        return;
      case "cancelled":
        this.#end("cancelled");
        return;
      case "progress":
        this.fraction = report.fraction;
        this.doing = report.doing;
    }
    // A result that crosses a cancellation on its way comes too late.
    if (this.state === "cancelling") return;
    this.#onReport(report);
    if (/done$/.test(report.type)) {
      this.fraction = 1;
      this.#end("done");
    }
  }

  #tick(): void {
    this.elapsed = (performance.now() - this.#begun) / 1000;
  }

  #fail(message: string): void {
    this.error = message;
    this.#end("failed");
  }

  #end(state: JobState): void {
    if (this.busy) this.#tick();
    clearInterval(this.#clock);
    clearTimeout(this.#deadline);
    if (!this.#keepWorker || (state !== "done" && state !== "failed")) {
      this.#worker?.terminate();
      this.#worker = undefined;
    }
    this.state = state;
  }
}
