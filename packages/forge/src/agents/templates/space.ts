import { domainError, type Rng } from "@daily-kernel/compute";
import type { Candidate, Language } from "../../session/backend.ts";
import type { Point } from "../attempt.ts";
import type { Method } from "./methods.ts";

/** A step along one parameter: so many places up or down its list of values, or to one of them. */
export type Shift = Readonly<Record<string, number | { readonly to: number | string }>>;

/** A family of kernels for one task: parameters, which values go together, and the source of each. */
export interface TemplateSpace {
  readonly task: string;
  readonly language: Language;
  /** The values of each parameter, ordered from plain to bold where they have an order. */
  readonly parameters: Readonly<Record<string, readonly (number | string)[]>>;
  /** The plain kernel that a search begins with. */
  readonly start: Point;
  valid(point: Point): boolean;
  render(point: Point): Candidate;
  /** What each method of improvement means here, the most promising step first. */
  readonly moves: Readonly<Partial<Record<Method, readonly Shift[]>>>;
}

/** The same point gives the same text, whatever the order of its parameters. */
export const keyOf = (space: TemplateSpace, point: Point): string =>
  Object.keys(space.parameters)
    .map((name) => point[name])
    .join("|");

/** The point that a shift leads to, or null where it leaves the space. */
export function shifted(space: TemplateSpace, point: Point, shift: Shift): Point | null {
  const next: Record<string, number | string> = { ...point };
  for (const [name, by] of Object.entries(shift)) {
    const values = space.parameters[name];
    if (!values)
      throw domainError(`templateCoder: the space of ${space.task} has no parameter ${name}`);
    if (typeof by === "object") next[name] = by.to;
    else {
      const value = values[values.indexOf(point[name]!) + by];
      if (value === undefined) return null;
      next[name] = value;
    }
  }
  return keyOf(space, next) !== keyOf(space, point) && space.valid(next) ? next : null;
}

/** All points that differ in one parameter by one place. */
export function neighbours(space: TemplateSpace, point: Point): Point[] {
  const shifts: Shift[] = Object.keys(space.parameters).flatMap((name) => [
    { [name]: 1 },
    { [name]: -1 },
  ]);
  return shifts.map((shift) => shifted(space, point, shift)).filter((next) => next !== null);
}

/** A valid point, every one equally likely. */
export function randomPoint(space: TemplateSpace, rng: Rng): Point {
  for (;;) {
    const point = Object.fromEntries(
      Object.entries(space.parameters).map(([name, values]) => [
        name,
        values[rng.integer(values.length)]!,
      ]),
    );
    if (space.valid(point)) return point;
  }
}

/** Every valid point, in the order of the parameters' values. */
export function allPoints(space: TemplateSpace): Point[] {
  let points: Point[] = [{}];
  for (const [name, values] of Object.entries(space.parameters))
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  return points.filter((point) => space.valid(point));
}
