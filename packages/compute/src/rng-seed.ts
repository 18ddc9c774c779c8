import { domainError, typeError } from "./errors.ts";
import { philoxDigest } from "./philox.ts";

/** Two 32-bit words, low first. */
export type Words = readonly [number, number];

const MASK = 0xffff_ffffn;

/** An integer in 0..2^53-1 or a bigint in 0..2^64-1 as two words. */
export function words64(value: number | bigint, where: string): Words {
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw typeError(`${where} must be a number or a bigint, got ${typeof value}`);
  }
  const integer = typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof integer !== "bigint" || integer < 0n || integer >> 64n !== 0n) {
    throw domainError(
      `${where} must be an integer in 0..2^53-1 or a bigint in 0..2^64-1, got ${value}`,
    );
  }
  return [Number(integer & MASK), Number(integer >> 32n)];
}

/** The stream called `name` below the stream `parent`. */
export function childStream(parent: Words, name: string | number, where: string): Words {
  if (typeof name === "string") {
    const units = Array.from({ length: name.length }, (_, i) => name.charCodeAt(i));
    return philoxDigest([...parent, 1, ...units]);
  }
  if (typeof name !== "number") {
    throw typeError(`${where} must be a string or a number, got ${typeof name}`);
  }
  return philoxDigest([...parent, 0, ...words64(name, where)]);
}
