import { setTimeout as pause } from "node:timers/promises";
import type { Client, Reply } from "../site/client.ts";
import type { Random } from "../site/random.ts";
import type { Measurements } from "./measurements.ts";
import type { Readers } from "./readers.ts";
import type { Writer } from "./writers.ts";

export interface LoadPlan {
  readonly minutes: number;
  /** Requests a second, those that writers make included (about). */
  readonly rate: number;
  readonly clients: readonly Client[];
  readonly readers: Readers;
  readonly writers: readonly Writer[];
  readonly measurements: Measurements;
  readonly random: Random;
  readonly log: (line: string) => void;
}

/** So many requests may wait for an answer at once; more means that the rate is too much. */
const mostWaiting = 500;
/** One act in so many is a writer's, which takes two requests or one. */
const writersShare = 12;

/**
 * Keeps a steady rate whatever the answers take: acts begin at the moments of a Poisson process, and
 * the time of an answer counts from the moment that was meant for its request, so that one which had
 * to wait because the server was busy is not taken for a quick one.
 */
export async function runLoad(plan: LoadPlan): Promise<void> {
  const { minutes, rate, clients, readers, writers, measurements, random, log } = plan;
  const begin = performance.now();
  const end = begin + minutes * 60_000;
  const waiting = new Set<Promise<void>>();
  let nextWord = begin + 30_000;
  for (let due = begin; due < end; due += (1000 / rate) * random.exponential()) {
    const left = due - performance.now();
    if (left > 1) await pause(left);
    if (waiting.size >= mostWaiting) {
      measurements.wrong("load", `${mostWaiting} requests wait for an answer`);
      await Promise.race(waiting);
    }
    const writer = random.below(writersShare) === 0 ? idle(writers, random) : null;
    const act = writer ? write(writer, due) : read(random.of(clients), due);
    const settled = act.finally(() => waiting.delete(settled));
    waiting.add(settled);
    if (performance.now() > nextWord) {
      nextWord += 30_000;
      const seconds = (performance.now() - begin) / 1000;
      log(
        `${seconds.toFixed(0)} s: ${measurements.requests} requests, ${measurements.errors} errors, ${waiting.size} waiting`,
      );
    }
  }
  await Promise.all(waiting);

  async function read(client: Client, due: number): Promise<void> {
    const { kind, path, headers, check } = readers.next();
    try {
      const reply = await client.ask({ path, headers });
      measurements.took(kind, performance.now() - due);
      measurements.answered(reply.status);
      const wrong = check(reply);
      if (wrong !== null) measurements.wrong(kind, wrong);
    } catch (error) {
      measurements.wrong(kind, `${path}: ${error}`);
    }
  }

  async function write(writer: Writer, due: number): Promise<void> {
    writer.busy = true;
    let meant = due;
    const timed = async (kind: string, ask: () => Promise<Reply>) => {
      const reply = await ask();
      measurements.took(kind, performance.now() - meant);
      measurements.answered(reply.status);
      meant = performance.now();
      return reply;
    };
    try {
      await writer.act(timed);
    } catch (error) {
      measurements.wrong("writer", `${error}`);
    } finally {
      writer.busy = false;
    }
  }
}

/** One of those who are not at something. */
function idle(writers: readonly Writer[], random: Random): Writer | null {
  const free = writers.filter(({ busy }) => !busy);
  return free.length === 0 ? null : random.of(free);
}
