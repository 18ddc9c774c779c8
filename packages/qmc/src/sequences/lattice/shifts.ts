import { componentRng } from "../component-rng.ts";
import { checkShape, flatten, type Nested } from "../nested-numbers.ts";

/**
 * The shifts of all replications, `replications` rows of one number in [0, 1) a component: those
 * given (d numbers, or r arrays of d), or random ones, or zeros.
 */
export function shiftRows(
  where: string,
  given: Nested | undefined,
  randomize: "SHIFT" | "none",
  seed: number | bigint,
  components: Uint32Array,
  replications: number,
): Float64Array[] {
  if (given !== undefined) {
    const { data, shape } = flatten(where, "shifts", given, 1, true);
    checkShape(where, "shifts", shape, [replications, components.length]);
    const d = components.length;
    return Array.from({ length: replications }, (_, r) =>
      Float64Array.from(data.slice(r * d, (r + 1) * d)),
    );
  }
  return Array.from({ length: replications }, (_, r) =>
    Float64Array.from(components, (j) =>
      randomize === "none" ? 0 : componentRng(seed, r, j).spawn("shift").uniform(),
    ),
  );
}
