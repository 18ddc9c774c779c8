/** The ways to improve a kernel that rules and templates have words for. */
export const methods = [
  "change the loop order",
  "use vectors",
  "widen vectors",
  "enlarge the register tile",
  "shrink the register tile",
  "pack operands",
  "block for the cache",
  "shrink the cache block",
  "unroll",
  "unroll less",
  "fuse passes",
  "replace the library call",
  "stream stores",
  "prefetch",
  "use more threads",
] as const;

export type Method = (typeof methods)[number];

/** The method that a text names first: how free words of a model reach a template. */
export function methodIn(text: string): Method | null {
  const lower = text.toLowerCase();
  const found = methods
    .map((method) => ({ method, at: lower.indexOf(method) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.method.length - a.method.length);
  if (found.length > 0) return found[0]!.method;
  return hints.find(([pattern]) => pattern.test(lower))?.[1] ?? null;
}

const hints: readonly (readonly [RegExp, Method])[] = [
  [/spill|register pressure|fewer registers/, "shrink the register tile"],
  [/register (tile|block)|micro-?kernel/, "enlarge the register tile"],
  [/non-?temporal|streaming store/, "stream stores"],
  [/prefetch/, "prefetch"],
  [/avx-?512|wider (simd|vector)/, "widen vectors"],
  [/vectori[sz]|simd/, "use vectors"],
  [/pack|contiguous panel/, "pack operands"],
  [/cache|block|tile/, "block for the cache"],
  [/unroll|accumulator|instruction-level/, "unroll"],
  [/fuse|fusion|single pass|one pass|online/, "fuse passes"],
  [/interchange|loop order|unit stride|reorder/, "change the loop order"],
  [/polynomial|libm|approximat/, "replace the library call"],
  [/thread|parallel/, "use more threads"],
];
