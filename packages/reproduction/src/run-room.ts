import { domainError, Rng, ThreadPool, typeError } from "@daily-kernel/compute";
import { type DataSource, load } from "@daily-kernel/datasets";
import { decide } from "./criterion.ts";
import { checkFigure, type Figure } from "./figure.ts";
import type { Device, Lab, Preset } from "./lab.ts";
import { checkMeasurement } from "./measurement.ts";
import { checkValues, type OwnResult } from "./own-input.ts";
import type { Claim, Paper } from "./paper.ts";
import type { ClaimOutcome } from "./record.ts";
import type { Room } from "./room.ts";
import type { Reason } from "./verdict.ts";

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly type: "progress"; readonly fraction: number; readonly doing: string }
  | { readonly type: "claim"; readonly claim: ClaimOutcome }
  | { readonly type: "figure"; readonly figure: Figure };

/** What the host (CLI, page, worker) lends to a run. */
export interface RunOptions {
  readonly preset: Preset;
  /** Integer from 0 to 2^53 - 1. */
  readonly seed: number;
  readonly device: Device;
  readonly threads: number;
  readonly source: DataSource;
  readonly gpu: () => Promise<GPUDevice>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** The part of a record that the run itself makes. */
export interface RunResult {
  readonly claims: readonly ClaimOutcome[];
  readonly figures: readonly Figure[];
  readonly seconds: number;
}

/** A claim as the record repeats it, without a verdict yet. */
function outcome(claim: Claim, rest: Pick<ClaimOutcome, "measured" | "verdict" | "reason">) {
  const { id, statement, reported, scale, quantity, holdsIf } = claim;
  return { id, statement, reported, scale, quantity, holdsIf, ...rest };
}

/** The outcome of a claim that has no number. */
export const notMeasured = (claim: Claim, code: Reason, detail: string): ClaimOutcome =>
  outcome(claim, { measured: null, verdict: "not-measured", reason: { code, detail } });

/** Lets timers, messages and a cancellation through before the next piece of work. */
const breathe = () => new Promise<void>((resume) => setTimeout(resume));

function createLab(paper: Paper, options: RunOptions, pool: ThreadPool) {
  const { preset, seed, device, source, gpu, onEvent } = options;
  if (preset !== "quick" && preset !== "full") {
    throw typeError(`${paper.slug}: preset must be "quick" or "full", got ${preset}`);
  }
  if (device !== "wasm" && device !== "webgpu") {
    throw typeError(`${paper.slug}: device must be "wasm" or "webgpu", got ${device}`);
  }
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw domainError(`${paper.slug}: seed must be an integer in 0..2^53-1, got ${seed}`);
  }
  const signal = options.signal ?? new AbortController().signal;
  const outcomes = new Map<string, ClaimOutcome>();
  const figures = new Map<string, Figure>();
  /** Errors that say what this machine lacks. */
  const lacking = new WeakMap<object, Reason>();
  let done = 0;

  const lacks = (code: string, reason: Reason) => (error: Error & { code?: string }) => {
    if (error.code === code) lacking.set(error, reason);
    throw error;
  };

  const settle = (id: string, make: (claim: Claim) => ClaimOutcome) => {
    const claim = paper.claims.find((c) => c.id === id);
    if (!claim) throw domainError(`${paper.slug}: there is no claim "${id}"`);
    if (outcomes.has(id)) throw domainError(`${paper.slug}: claim "${id}" is settled already`);
    const settled = make(claim);
    outcomes.set(id, settled);
    onEvent?.({ type: "claim", claim: settled });
  };

  const lab: Lab = {
    preset,
    seed,
    device,
    signal,
    pool,
    gpu: () => gpu().catch(lacks("ERR_UNSUPPORTED", "needs-gpu")),
    rng: (stream) => new Rng(seed, stream),
    data(dataset) {
      const doing = `reading ${dataset.title}`;
      const onProgress = () => onEvent?.({ type: "progress", fraction: done, doing });
      return load(dataset, source, { signal, onProgress }).catch(lacks("ERR_DATA", "needs-data"));
    },
    async progress(fraction, doing) {
      done = fraction;
      onEvent?.({ type: "progress", fraction, doing });
      await breathe();
      signal.throwIfAborted();
    },
    measure: (id, measurement) =>
      settle(id, (claim) => {
        checkMeasurement(`${paper.slug}: ${id}`, measurement);
        const measured = structuredClone(measurement);
        return outcome(claim, { measured, verdict: decide(claim.holdsIf, measured), reason: null });
      }),
    skip: (id, reason, detail) => settle(id, (claim) => notMeasured(claim, reason, detail)),
    async attempt(ids, work) {
      try {
        await work();
      } catch (error) {
        const reason = lacking.get(error as Error);
        if (!reason) throw error;
        for (const id of ids) if (!outcomes.has(id)) lab.skip(id, reason, (error as Error).message);
      }
    },
    figure(figure) {
      checkFigure(figure);
      figures.set(figure.id, figure);
      onEvent?.({ type: "figure", figure });
    },
  };
  const result = (): Omit<RunResult, "seconds"> => ({
    claims: paper.claims.map(
      (claim) =>
        outcomes.get(claim.id) ??
        notMeasured(claim, "not-built", "the reproduction does not measure it yet"),
    ),
    figures: [...figures.values()],
  });
  return { lab, result };
}

/**
 * Runs a room to its verdicts. Rejects with the signal's reason when cancelled and with the room's
 * error when it crashes: there is no half result. `subject` replaces functions under test.
 */
export async function runRoom<P extends Paper, Subject extends object>(
  room: Room<P, Subject>,
  options: RunOptions,
  subject: Subject = room.subject,
): Promise<RunResult> {
  const start = performance.now();
  await using pool = await ThreadPool.create({ threads: options.threads });
  const { lab, result } = createLab(room.paper, options, pool);
  lab.signal.throwIfAborted();
  await room.run(lab as Parameters<typeof room.run>[0], subject);
  lab.signal.throwIfAborted();
  return { ...result(), seconds: (performance.now() - start) / 1000 };
}

/**
 * Runs a room's method on the reader's own input. Rejects with a `TypeError` or `RangeError` that
 * names the field at fault if the values are not what its form takes.
 */
export async function runOwnInput(
  room: Room,
  values: Readonly<Record<string, unknown>>,
  options: RunOptions,
): Promise<OwnResult> {
  if (!room.ownInput) throw typeError(`${room.paper.slug} takes no input of one's own`);
  const checked = checkValues(room.ownInput.fields, values);
  await using pool = await ThreadPool.create({ threads: options.threads });
  const { lab } = createLab(room.paper, options, pool);
  lab.signal.throwIfAborted();
  // Awaited here: the pool lives as long as the work.
  return await room.ownInput.run(checked, lab as Lab<never>);
}
