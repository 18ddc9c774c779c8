import type { Rng } from "@daily-kernel/compute";
import type { Trace } from "@daily-kernel/forge";
import type { Table } from "./pack-table.ts";
import { idOf, naive, numberOf, type Schedule, schedules, slots, type ToyTask } from "./space.ts";

/** Steps after which every search ends. */
const MOST_STEPS = 20;
/** A step counts as faster if it takes less than this share of the time. */
const FASTER = 0.97;

/** One change that a search tried, and whether it was faster. */
export interface Step {
  readonly slot: number;
  readonly place: number;
  readonly faster: boolean;
}

/** A search from a schedule to a schedule. */
export interface Search {
  readonly start: Schedule;
  readonly steps: readonly Step[];
  readonly found: Schedule;
}

/** What a table says of one task. */
export interface Measured {
  readonly task: ToyTask;
  readonly ns: (schedule: Schedule) => number;
  readonly correct: (schedule: Schedule) => boolean;
}

/** The tasks of a table, training ones or unseen ones, with their measurements. */
export function measured(table: Table, part: "training" | "unseen"): Measured[] {
  const before = part === "training" ? 0 : table.training.length;
  return table[part].map((task, t) => {
    const row = (before + t) * schedules.length;
    return {
      task,
      ns: (schedule) => table.ns[row + numberOf(schedule)]!,
      correct: (schedule) => table.correct[row + numberOf(schedule)] === 1,
    };
  });
}

const anySchedule = (rng: Rng): Schedule => schedules[rng.integer(schedules.length)]!;

/**
 * The proposer whose notes are the reasoning: from a random schedule it changes one slot at a time,
 * keeps what is faster by the clock, and gives up after a number of failures in a row that is drawn
 * from 1 to 6. It sees times and no results: whether the kernel is right is judged afterwards.
 */
export function search({ ns }: Measured, rng: Rng): Search {
  const start = anySchedule(rng);
  const patience = 4;
  const steps: Step[] = [];
  let found = start;
  for (let failures = 0; failures < patience && steps.length < MOST_STEPS; ) {
    const slot = rng.integer(slots.length);
    const others = slots[slot]!.values.length - 1;
    const place = (found[slot]! + 1 + rng.integer(others)) % (others + 1);
    const tried = found.map((old, s) => (s === slot ? place : old)) as unknown as Schedule;
    const faster = ns(tried) < FASTER * ns(found);
    steps.push({ slot, place, faster });
    if (faster) found = tried;
    failures = faster ? 0 : failures + 1;
  }
  return { start, steps, found };
}

const written = (schedule: Schedule) =>
  schedule.map((place, s) => `${slots[s]!.name}${slots[s]!.values[place]}`).join(" ");

/** Notes of a search as they are read: `o1 t8 v4 r0; t16 slower; v8 faster`. */
const notes = ({ start, steps }: Search) =>
  [
    written(start),
    ...steps.map(
      ({ slot, place, faster }) =>
        `${slots[slot]!.name}${slots[slot]!.values[place]} ${faster ? "faster" : "slower"}`,
    ),
  ].join("; ");

/** A sample of the pool with the search that it came from. */
export interface Sample {
  readonly trace: Trace;
  readonly search: Search;
  readonly task: ToyTask;
}

/** `samples` searches a task. The source names the task: the same schedule elsewhere is no duplicate. */
export function drawPool(
  tasks: readonly Measured[],
  samples: number,
  facts: { hardware: string; verifier: string },
  rng: Rng,
): Sample[] {
  return tasks.flatMap((measured) => {
    const { task, ns, correct } = measured;
    const stream = rng.spawn(idOf(task));
    return Array.from({ length: samples }, (_, sampleIndex) => {
      const found = search(measured, stream);
      const accepted = correct(found.found);
      const trace: Trace = {
        taskId: idOf(task),
        taskType: task.kind,
        sampleIndex,
        reasoning: notes(found),
        source: `${idOf(task)}: ${written(found.found)}`,
        tokens: slots.length + found.steps.length,
        verdict: { accepted },
        speedup: accepted ? ns(naive) / ns(found.found) : 0,
        tokenizer: "one token a slot or step",
        ...facts,
      };
      return { trace, search: found, task };
    });
  });
}

/** The share of wrong schedules among `draws` random ones: a proposer that does not search. */
export function failureRates(
  tasks: readonly Measured[],
  draws: number,
  rng: Rng,
): Map<string, number> {
  return new Map(
    tasks.map(({ task, correct }) => {
      const stream = rng.spawn(idOf(task));
      let failures = 0;
      for (let k = 0; k < draws; k++) if (!correct(anySchedule(stream))) failures += 1;
      return [idOf(task), failures / draws];
    }),
  );
}
