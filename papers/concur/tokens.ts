import type { Search } from "./search.ts";
import { kinds, type Schedule, sizesOf, slots, type ToyTask } from "./space.ts";

/** Every token that the small model reads and writes. */
export const vocabulary: readonly string[] = [
  "end", // also fills up what is shorter than the context
  "=",
  ...kinds,
  ...new Set(kinds.flatMap(sizesOf).map(String)),
  ...["", "+", "-"].flatMap((outcome) =>
    slots.flatMap(({ name, values }) => values.map((value) => `${name}${value}${outcome}`)),
  ),
];
export const END = 0;
const numbers = new Map(vocabulary.map((token, i) => [token, i]));
const numberOf = (token: string) => numbers.get(token)!;

/** Four of task and sizes (products: kind, M, N, K; others: kind, rows, columns and a repeated kind). */
export const promptOf = ({ kind, dims }: ToyTask): number[] =>
  [kind, ...dims.map(String), ...(dims.length === 2 ? [kind] : [])].map(numberOf);
/** Length of every prompt. */
export const PROMPT = 4;
/** Positions: prompt, start, 20 steps, `=`, the schedule and the end: 34, in eights. */
export const CONTEXT = 40;

const choice = (slot: number, place: number, outcome = "") =>
  numberOf(`${slots[slot]!.name}${slots[slot]!.values[place]}${outcome}`);
const chosen = (schedule: Schedule) => schedule.map((place, slot) => choice(slot, place));

/** A whole sample: task, notes of the search, `=`, the schedule that it found, the end. */
export const sequenceOf = (task: ToyTask, { start, steps, found }: Search): number[] => [
  ...promptOf(task),
  ...chosen(start),
  ...steps.map(({ slot, place, faster }) => choice(slot, place, faster ? "+" : "-")),
  numberOf("="),
  ...chosen(found),
  END,
];

/** What a model wrote after a prompt: the schedule after `=`, or nothing where it does not parse. */
export function parseSchedule(tokens: readonly number[]): Schedule | undefined {
  const at = tokens.indexOf(numberOf("="));
  if (at < 0) return undefined;
  const answer = tokens.slice(at + 1, at + 1 + slots.length);
  const places = answer.map((token, slot) =>
    slots[slot]!.values.findIndex((_, place) => choice(slot, place) === token),
  );
  if (places.length < slots.length || places.includes(-1)) return undefined;
  return places as unknown as Schedule;
}
