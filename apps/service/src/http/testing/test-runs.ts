import { forbiddenError, notFoundError } from "@daily-kernel/feed";
import type { RunView } from "../../runs/run-view.ts";
import type { RunRequest } from "../../runs/runs.ts";
import type { ApiService } from "../api-service.ts";

/** Runs in memory that nobody measures. A run that is followed makes one step each time. */
export class TestRuns implements Pick<ApiService["runs"], keyof ApiService["runs"]> {
  readonly all = new Map<string, RunView>();
  /** How many are being followed. */
  following = 0;
  readonly paperId: string;

  constructor(paperId = "2409.00001") {
    this.paperId = paperId;
  }

  async request({ slug, preset, seed, accountId }: RunRequest): Promise<RunView> {
    const id = (this.all.size + 1).toString(16).padStart(24, "0");
    const run: RunView = {
      id,
      paperId: this.paperId,
      slug,
      accountId,
      preset,
      device: "wasm",
      seed,
      state: "queued",
      progress: 0,
      doing: "",
      error: null,
      recordId: null,
      createdAt: new Date("2024-09-13T10:00:00Z"),
      startedAt: null,
      finishedAt: null,
      cancelAsked: false,
    };
    this.all.set(id, run);
    return run;
  }

  async get(id: string): Promise<RunView | null> {
    return this.all.get(id) ?? null;
  }

  async list(): Promise<RunView[]> {
    return [...this.all.values()].reverse();
  }

  async cancel(id: string, by: { id: string; role: string }): Promise<RunView> {
    const run = this.all.get(id);
    if (!run) throw notFoundError(`there is no run ${id}`);
    if (run.accountId !== by.id) throw forbiddenError("only who asked for a run may cancel it");
    this.all.set(id, { ...run, state: "cancelled", cancelAsked: true });
    return this.all.get(id)!;
  }

  async *follow(id: string, signal?: AbortSignal): AsyncGenerator<RunView, void, void> {
    this.following++;
    try {
      const run = this.all.get(id)!;
      for (const progress of [0, 0.5, 1]) {
        if (signal?.aborted) return;
        yield { ...run, progress, state: progress === 1 ? "done" : "running" };
      }
    } finally {
      this.following--;
    }
  }
}
