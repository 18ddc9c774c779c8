import { checkType, domainError } from "@daily-kernel/compute";

/**
 * Which data sets are neighbours: one has a record more than the other (`"add-remove"`), or one record
 * is another (`"substitute"`; the number of records is public then).
 */
export type Adjacency = "add-remove" | "substitute";

export function checkEpsilon(fn: string, name: string, epsilon: unknown): number {
  checkType(typeof epsilon === "number", fn, name, "a number", epsilon);
  if (!(epsilon > 0 && epsilon < Number.POSITIVE_INFINITY)) {
    throw domainError(`${fn}: ${name} must be a finite number > 0, got ${epsilon}`);
  }
  return epsilon;
}

export function checkAdjacency(fn: string, adjacency: unknown): Adjacency {
  const ok = adjacency === "add-remove" || adjacency === "substitute";
  checkType(ok, fn, "adjacency", '"add-remove" or "substitute"', adjacency);
  return adjacency;
}
