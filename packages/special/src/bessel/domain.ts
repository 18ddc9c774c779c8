import { domainError, typeError } from "@daily-kernel/compute";

/** Which orders a function takes: any (even in v), v >= 0 or an integer, or only v >= 0. */
export type Orders = "even" | "integer" | "nonnegative";

/** Checks an order and an argument and returns |v|; `where` ends the message (" at index 3"). */
export function checkedOrder(
  name: string,
  orders: Orders,
  v: number,
  x: number,
  where = "",
): number {
  if (typeof v !== "number")
    throw typeError(`${name}: v must be a number, got ${typeof v}${where}`);
  if (typeof x !== "number")
    throw typeError(`${name}: x must be a number, got ${typeof x}${where}`);
  if (!(x >= 0)) throw domainError(`${name}: x must be >= 0, got ${x}${where}`);
  if (!(v >= 0)) {
    if (orders === "nonnegative" || Number.isNaN(v)) {
      throw domainError(`${name}: v must be >= 0, got ${v}${where}`);
    }
    if (orders === "integer" && !Number.isInteger(v)) {
      throw domainError(`${name}: v must be >= 0 or an integer, got ${v}${where}`);
    }
  }
  const order = Math.abs(v);
  if (order === Infinity && x === Infinity) {
    throw domainError(`${name}: v and x must not both be infinite${where}`);
  }
  return order;
}
