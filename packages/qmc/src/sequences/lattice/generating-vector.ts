import { checkType, domainError, type Rng, shapeError } from "@daily-kernel/compute";
import { componentRng } from "../component-rng.ts";

/** Integers in 0..2^64-1, one a component. */
export type IntegerVector = ArrayLike<number> | ArrayLike<bigint>;

/** Generating vectors of the replications (one for all, or one each) for the components in use. */
export type GeneratingVectors = BigUint64Array[];

/** An integer vector, or one for each replication, checked, its components picked. */
export function pickVectors(
  where: string,
  value: unknown,
  components: Uint32Array,
  replications: number,
): GeneratingVectors {
  const list = isList(value) && isList(value[0]) ? Array.from(value) : [value];
  if (list.length !== 1 && list.length !== replications) {
    throw shapeError(
      `${where}: generatingVector must be one vector or ${replications}, got ${list.length}`,
    );
  }
  const need = components.reduce((most, j) => Math.max(most, j), 0) + 1;
  return list.map((vector, r) => {
    const name = list.length === 1 ? "generatingVector" : `generatingVector[${r}]`;
    checkType(isList(vector), where, name, "an array of integers", vector);
    if (need > vector.length) {
      throw domainError(
        `${where}: dimension must be at most ${vector.length}, the length of ${name}, got ${need}`,
      );
    }
    return BigUint64Array.from(components, (j) => toWord(where, `${name}[${j}]`, vector[j]));
  });
}

/** A random vector for each replication: odd integers in 3..2^m - 1, but 1 for component 0. */
export function randomVectors(
  seed: number | bigint,
  components: Uint32Array,
  replications: number,
  m: number,
): GeneratingVectors {
  const draw = (rng: Rng) => 2n * BigInt(1 + rng.integer(2 ** (m - 1) - 1)) + 1n;
  return Array.from({ length: replications }, (_, r) =>
    BigUint64Array.from(components, (j) =>
      j === 0 ? 1n : draw(componentRng(seed, r, j).spawn("vector")),
    ),
  );
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function toWord(where: string, name: string, item: unknown): bigint {
  const ok = typeof item === "number" || typeof item === "bigint";
  checkType(ok, where, name, "a number or a bigint", item);
  const integer = typeof item === "number" && Number.isSafeInteger(item) ? BigInt(item) : item;
  if (typeof integer !== "bigint" || integer < 0n || integer >> 64n !== 0n) {
    throw domainError(
      `${where}: ${name} must be an integer in 0..2^53-1 or a bigint in 0..2^64-1, got ${item}`,
    );
  }
  return integer;
}
