import type { Rng } from "@daily-kernel/compute";
import type { Dims, InputFamily, Task } from "../task/task.ts";
import {
  answerOf,
  blankPoison,
  type Case,
  drawCase,
  mayMix,
  mixCase,
  nearlyRight,
  noise,
} from "./cases.ts";
import type { Examiner } from "./examiner.ts";

type Step = (done: string) => void;

const pick = <T>(from: readonly T[], rng: Rng): T => from[rng.uint32() % from.length]!;

/** Every shape with every family, over noise. Returns the cases by shape. */
export async function askAll(
  task: Task,
  examiner: Examiner,
  { shapes, families }: { shapes: readonly Dims[]; families: readonly InputFamily[] },
  rng: Rng,
  step: Step,
): Promise<Case[][]> {
  const all: Case[][] = [];
  for (const dims of shapes) {
    const cases: Case[] = [];
    for (const family of families) {
      const given = drawCase(task, dims, family, rng);
      await examiner.ask(given, { poison: noise(task, dims, rng) });
      cases.push(given);
    }
    all.push(cases);
    step(`${dims.join("x")}, all families`);
  }
  return all;
}

/**
 * What answers from memory stumble over. In one place and with the plausible wrong answer lying
 * there: other contents, contents that differ in a few elements or only in the middle, the first
 * again; then the same contents elsewhere; then the right answer but for a few elements.
 */
export async function askAgain(
  task: Task,
  examiner: Examiner,
  known: readonly Case[],
  rng: Rng,
): Promise<void> {
  const base = pick(known, rng);
  const other = drawCase(task, base.dims, base.family, rng);
  const variants: Case[] = [other];
  if (mayMix(task)) {
    const few = new Set([rng.uint32(), rng.uint32(), rng.uint32()]);
    variants.push(
      mixCase(task, base, other, (i, n) => [...few].some((word) => word % n === i)),
      mixCase(
        task,
        base,
        other,
        (i, n) => i >= Math.min(64, n >> 2) && i < n - (Math.min(64, n >> 2) || 1),
      ),
    );
  }
  const slot = 1 + (rng.uint32() % 4);
  let last = other;
  for (const given of [base, ...variants, base, pick(known, rng), base]) {
    await examiner.ask(given, { poison: answerOf(task, last), slot });
    last = given;
  }
  await examiner.ask(base, { poison: noise(task, base.dims, rng), slot: slot + 5 });
  await examiner.ask(base, { poison: nearlyRight(task, base, rng), slot });
  await examiner.ask(other, { poison: blankPoison(task, base.dims), slot });
}

function sized(task: Task, mostElements: number, mostFlops: number): Dims {
  let elements = mostElements;
  while (elements > 1024 && task.flops(task.scaled(elements)) > mostFlops) elements /= 2;
  return task.scaled(elements);
}

/** A shape so large that no thread is done before the next one has started. */
export const raceDims = (task: Task): Dims => sized(task, 2 ** 20, 2e7);

/** Rounds of large calls: where other work takes the processors, threads seldom run at one time. */
const RACES = 5;

/**
 * Large calls on either of two cases, in turns: threads that get in each other's way do so here. The
 * cases serve all processes of a verification, for a new process has seen neither.
 */
export async function askForRaces(
  task: Task,
  examiner: Examiner,
  [one, other]: readonly [Case, Case],
): Promise<void> {
  for (let i = 0; i < RACES; i++) {
    const [given, before] = i % 2 === 0 ? [one, other] : [other, one];
    await examiner.ask(given, {
      poison: answerOf(task, before),
      timed: copiesOf(examiner, given, 8),
      slot: 1,
    });
    await examiner.ask(before, { poison: answerOf(task, given), slot: 1 });
  }
}

/** A shape on which looking an answer up would pay. */
export const memoryDims = (task: Task): Dims => sized(task, 2 ** 17, 5e6);

/** Milliseconds that the timed copies of a call may take together, if more than three. */
const TIMED_MS = 300;

const copiesOf = (examiner: Examiner, { dims }: Case, most: number) =>
  Math.max(3, Math.min(most, Math.round(TIMED_MS / examiner.costOf(dims))));

/** Timed copies, over the answer to other inputs. */
export async function askTimed(
  task: Task,
  examiner: Examiner,
  known: readonly Case[],
  copies: number,
  rng: Rng,
): Promise<void> {
  const given = pick(known, rng);
  const other = drawCase(task, given.dims, given.family, rng);
  const timed = copiesOf(examiner, given, copies);
  await examiner.ask(given, { poison: answerOf(task, other), timed, slot: 1 });
  await examiner.ask(other, { poison: answerOf(task, given), slot: 1 });
}
