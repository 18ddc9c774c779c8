/** Runs in a worker: the page stays free, and ending the worker ends everything. */
import { httpSource } from "@daily-kernel/datasets";
import {
  type ClaimOutcome,
  type RunOptions,
  type RunRecord,
  runOwnInput,
  runRoom,
} from "@daily-kernel/reproduction";
import { figureView } from "../figure-view.ts";
import { outcomeView } from "../outcome.ts";
import { type Gpu, openGpu } from "./gpu.ts";
import { thisMachine } from "./machine.ts";
import type { Place, Report, Request } from "./protocol.ts";
import { Redraw } from "./redraw.ts";
import { loadRoom } from "./rooms.ts";

const report = (message: Report) => postMessage(message);
const cancelled = new AbortController();

function options({ device, threads }: Place, gpu: Gpu) {
  const source = httpSource("/data");
  const signal = cancelled.signal;
  return { device, threads, source, signal, gpu: () => gpu.device() } satisfies Partial<RunOptions>;
}

const outcomes = (claims: readonly ClaimOutcome[]) =>
  Object.fromEntries(claims.map((claim) => [claim.id, outcomeView(claim)]));

async function run(request: Extract<Request, { type: "run" }>): Promise<void> {
  const { slug, preset, seed, device, threads, provenance } = request;
  const room = await loadRoom(slug);
  const gpu = openGpu();
  const redraw = new Redraw((figure) => report({ type: "figure", figure }));
  const startedAt = new Date().toISOString();
  const result = await runRoom(room, {
    ...options(request, gpu),
    preset,
    seed,
    onEvent(event) {
      if (event.type === "progress") report(event);
      else if (event.type === "figure") redraw.update(event.figure);
      else report({ type: "claim", id: event.claim.id, outcome: outcomeView(event.claim) });
    },
  });
  redraw.flush();
  const record: RunRecord = {
    version: 1,
    slug,
    preset,
    seed,
    device,
    threads,
    machine: thisMachine(gpu.name()),
    ...provenance,
    startedAt,
    ...result,
  };
  report({ type: "done", record, outcomes: outcomes(result.claims) });
}

async function own(request: Extract<Request, { type: "own" }>): Promise<void> {
  const room = await loadRoom(request.slug);
  const { facts, figures } = await runOwnInput(room, request.values, {
    ...options(request, openGpu()),
    preset: "quick",
    seed: 1,
    onEvent: (event) => event.type === "progress" && report(event),
  });
  report({ type: "own-done", facts, figures: figures.map(figureView) });
}

/** The judge and its tasks are a chunk of their own, which no paper needs. */
async function kernel(request: Extract<Request, { type: "kernel" }>): Promise<void> {
  const { tryKernel } = await import("../forge/try-kernel.ts");
  await tryKernel(request, { signal: cancelled.signal, report });
}

const work = (request: Exclude<Request, { type: "cancel" }>): Promise<void> =>
  request.type === "run" ? run(request) : request.type === "own" ? own(request) : kernel(request);

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  if (data.type === "cancel") return cancelled.abort();
  try {
    await work(data);
  } catch (error) {
    if (cancelled.signal.aborted) report({ type: "cancelled" });
    else
      report({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
});
