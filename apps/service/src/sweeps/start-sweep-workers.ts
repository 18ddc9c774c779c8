import { hostname } from "node:os";
import {
  type CellKey,
  type Db,
  forgetSweepWorker,
  openCells,
  reportSweepWorker,
  takeUpCells,
} from "@daily-kernel/feed/node";
import { thisMachine } from "@daily-kernel/reproduction/node";
import type { RunLimits } from "../config.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { forgeQueue } from "../jobs/queues.ts";
import type { Logger } from "../log.ts";
import { BackEnds } from "./back-ends-here.ts";
import { sendCells } from "./send-cells.ts";
import { SweepWorker } from "./sweep-worker.ts";

interface Parts {
  readonly db: Db;
  readonly jobs: Pick<Jobs, "workInTurn" | "send" | "waiting">;
  readonly limits: RunLimits;
  readonly log: Logger;
  readonly now: () => Date;
  /** What runs here, where it is not probed. */
  readonly backEnds?: BackEnds;
  /** The program of a cell, where it is another. */
  readonly program?: string;
}

/** A worker says what it can do so often while there is something to do, in milliseconds. */
const reportEvery = 20_000;
/** ... and takes up what dead workers left so often: there may be no server that does. */
const takeUpEvery = 30_000;
/** Between two looks at what waits, in seconds. */
const lookEvery = 2;

let workers = 0;

/** Names this machine: times that were measured on another are not comparable. */
function machineName(): string {
  const { platform, cpu, cores } = thisMachine(null);
  return `${hostname()} (${platform}, ${cpu}, ${cores} cores)`;
}

/**
 * Starts workers that take cells of sweeps, each one at a time, of the back ends that run on this
 * machine. Nothing is probed and nothing written before cells wait. The function that comes back
 * lets them take no more.
 */
export function startSweepWorkers(parts: Parts, count: number): () => Promise<void> {
  const backEnds = parts.backEnds ?? new BackEnds(parts.now);
  const ends = Array.from({ length: count }, () => startOne(parts, backEnds));
  return async () => {
    await Promise.all(ends.map((end) => end()));
  };
}

function startOne(parts: Parts, backEnds: BackEnds): () => Promise<void> {
  const { db, jobs, now } = parts;
  const id = `${hostname()}:${process.pid}:${++workers}`;
  const machine = machineName();
  let reported = Number.NEGATIVE_INFINITY;
  const report = async (wanted: readonly string[]) => {
    const { able, missing } = await backEnds.look(wanted);
    if (now().getTime() - reported > reportEvery) {
      reported = now().getTime();
      await reportSweepWorker(db, { id, machine, backends: able, missing }, now());
    }
    return wanted.filter((backend) => able.includes(backend));
  };
  const worker = new SweepWorker({
    ...parts,
    id,
    machine,
    onBeat: async () => void (await report([])),
  });
  let tookUp = Number.NEGATIVE_INFINITY;
  const ready = async () => {
    const { waiting, running } = await openCells(db);
    if (waiting.length === 0 && !running) return [];
    if (now().getTime() - tookUp > takeUpEvery) {
      tookUp = now().getTime();
      await sendCells(jobs, await takeUpCells(db, now()));
    }
    return (await report(waiting)).map(forgeQueue);
  };
  const end = jobs.workInTurn(ready, lookEvery, (key: CellKey, signal) => worker.do(key, signal));
  return async () => {
    end();
    if (reported > Number.NEGATIVE_INFINITY) await forgetSweepWorker(db, id, now());
  };
}
