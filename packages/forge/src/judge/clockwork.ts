import type { Rng } from "@daily-kernel/compute";
import type { Dims, InputFamily, Task } from "../task/task.ts";
import { type Case, drawCase, mayMix, mixCase, noise } from "./cases.ts";
import type { Examiner, Record } from "./examiner.ts";

/** How often a suspicion from time alone is measured again before it rejects. */
const TIMES = 3;

/** An honest kernel's shortest times differ by a tenth; a memory that pays does by more than this. */
const MEMORY_SHARE = 0.7;

/** Nanoseconds below which a difference is not told from chance. */
const LEAST_NS = 20_000;

/** Whom to ask, and about what. */
export interface Look {
  readonly task: Task;
  readonly examiner: Examiner;
  readonly record: Record;
  readonly dims: Dims;
  readonly family: InputFamily;
  readonly rng: Rng;
}

/** A call with new inputs, over noise. */
const question = ({ task, dims, family, rng }: Look) => ({
  given: drawCase(task, dims, family, rng),
  poison: noise(task, dims, rng),
});

/** Threads that compute while nothing is asked: they slow whoever is measured beside them. */
export async function checkIdle(look: Look): Promise<void> {
  const { examiner, record, dims } = look;
  // A thread that works for a few milliseconds after the return, and one that never rests.
  for (const [settle, most] of [
    [5, 0.7],
    [60, 0.25],
  ] as const) {
    if (examiner.alive < 2) return;
    const shares: number[] = [];
    for (let i = 0; i < TIMES + 1; i++) {
      const { given, poison } = question(look);
      const watched = settle * (settle > 5 ? i + 1 : 1);
      const { idleCpuNs } = await examiner.ask(given, { poison, settle: watched });
      shares.push(idleCpuNs / (watched * 5e5));
      if (shares[i]! < most) break;
    }
    if (shares.length <= TIMES || shares.at(-1)! < most) continue;
    const told = shares.map((share) => `${Math.round(100 * share)} %`).join(", ");
    throw record.rejection(
      "background-work",
      `threads ran in ${told} of the looks within ${settle} ms, while nothing was asked of them`,
      dims,
    );
  }
}

/** The process's own clock against the supervisor's and the scheduler's. */
export async function checkClock(look: Look): Promise<void> {
  const { examiner, record, dims } = look;
  const copies = 12;
  let forged = 0;
  for (let i = 0; i < TIMES; i++) {
    const { given, poison } = question(look);
    const result = await examiner.ask(given, { poison, timed: copies });
    forged = result.forgedClocks ?? 0;
    if (forged <= copies / 2) return;
  }
  throw record.rejection(
    "forged-clock",
    `${forged} of ${copies} calls, three times over, took longer than the process says`,
    dims,
  );
}

/** Of so many elements one is changed where inputs are to be nearly the same. */
const SPACING = 64;

/** The shortest times so far of calls of one kind. */
class Shortest {
  ns = Infinity;
  cpu = Infinity;
  add(ns: number | undefined, cpu: number): void {
    this.ns = Math.min(this.ns, ns ?? 0);
    this.cpu = Math.min(this.cpu, cpu);
  }

  /** By both clocks: the processor's counts no waiting, the wall's no other thread. */
  pays(dearer: Shortest): boolean {
    const less = (mine: number, theirs: number) =>
      mine <= MEMORY_SHARE * theirs && theirs - mine >= LEAST_NS;
    return less(this.ns, dearer.ns) && less(this.cpu, dearer.cpu);
  }
}

/**
 * New inputs against the same ones again, in one place and both freshly written. An honest kernel
 * takes as long for either; the shortest times of several pairs are compared, and three times over.
 *
 * An honest kernel whose branches hang on the numbers is faster again as well, for the processor
 * remembers which way they went. It is as fast on inputs of which a few are changed, where an answer
 * from memory would be wrong: once time has raised the suspicion, those are its witness.
 */
export async function checkMemory(look: Look): Promise<void> {
  const { task, examiner, record, dims, rng } = look;
  const told: string[] = [];
  for (let round = 0; round < TIMES; round++) {
    const [first, again, changed] = [new Shortest(), new Shortest(), new Shortest()];
    const witness = round > 0 && mayMix(task);
    const pairs = 6 * (round + 1);
    for (let i = 0; i < pairs; i++) {
      const { given, poison } = question(look);
      const calls: [Shortest, Case][] = [
        [first, given],
        [again, given],
      ];
      if (witness) {
        const start = rng.uint32() % SPACING;
        const nearly = mixCase(task, given, question(look).given, (at) => at % SPACING === start);
        calls.push([changed, nearly]);
      }
      for (const [times, each] of calls) {
        const { ns, cpuNs } = await examiner.ask(each, { poison, slot: 2 });
        if (cpuNs === undefined) return;
        times.add(ns[0], cpuNs);
      }
    }
    if (!again.pays(first) || (witness && !again.pays(changed))) return;
    const apart = witness ? ` (${Math.round(changed.ns)} ns with a few changed)` : "";
    told.push(`${Math.round(first.ns)} ns and then ${Math.round(again.ns)} ns${apart}`);
  }
  throw record.rejection(
    "memoised-answer",
    `new inputs and the same again took ${told.join("; ")}`,
    dims,
  );
}
