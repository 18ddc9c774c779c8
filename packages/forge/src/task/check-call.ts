import { checkType, domainError, Rng, shapeError } from "@daily-kernel/compute";
import type { Dims, InputFamily } from "./task.ts";

const families: readonly string[] = ["uniform", "normal", "signed", "large", "small"];

/** Throws unless there is a whole number >= 0 for each size of a task. */
export function checkDims(id: string, names: readonly string[], dims: Dims): void {
  checkType(Array.isArray(dims), id, "dims", "an array of sizes", dims);
  if (dims.length !== names.length) {
    throw shapeError(`${id}: dims must be [${names.join(", ")}], got [${dims.join(", ")}]`);
  }
  dims.forEach((size, i) => {
    checkType(typeof size === "number", id, `dims[${i}]`, "a number", size);
    if (Number.isSafeInteger(size) && size >= 0) return;
    throw domainError(`${id}: dims[${i}] (${names[i]}) must be a whole number >= 0, got ${size}`);
  });
}

/** Throws unless a draw has a family and a generator. */
export function checkDraw(id: string, family: InputFamily, rng: Rng): void {
  checkType(families.includes(family), id, "family", `one of ${families.join(", ")}`, family);
  checkType(rng instanceof Rng, id, "rng", "an Rng", rng);
}
