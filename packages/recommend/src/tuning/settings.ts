import { checkObject, checkType, domainError, type Rng } from "@daily-kernel/compute";
import { checkWhole } from "../check.ts";

/** The values that each setting may have. */
export type SearchSpace = Readonly<Record<string, readonly unknown[]>>;

/** One value of each. */
export type SettingsOf<S extends SearchSpace> = { readonly [K in keyof S]: S[K][number] };

/**
 * Combinations of a space's values: all of them, in the order of the keys with the last one fastest,
 * or `count` different ones drawn at random (all, if there are no more).
 *
 * @throws RangeError `ERR_DOMAIN` where a setting has no values or count is no whole number >= 1.
 */
export function searchSettings<const S extends SearchSpace>(
  space: S,
  { count, rng }: { count?: number | undefined; rng?: Rng | undefined } = {},
): SettingsOf<S>[] {
  const fn = "searchSettings";
  checkObject(fn, "space", space);
  let all: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(space)) {
    checkType(Array.isArray(values), fn, `space.${name}`, "an array", values);
    if (values.length === 0) throw domainError(`${fn}: space.${name} must not be empty`);
    all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  }
  if (count === undefined) return all as SettingsOf<S>[];
  checkWhole(fn, "count", count, 1);
  if (!rng) throw domainError(`${fn}: count needs rng`);
  if (count >= all.length) return all as SettingsOf<S>[];
  const drawn = rng.permutation(all.length).subarray(0, count).sort();
  return Array.from(drawn, (k) => all[k] as SettingsOf<S>);
}
