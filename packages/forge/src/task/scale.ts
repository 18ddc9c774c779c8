import type { Dims } from "./task.ts";

/** What a size may become when a task is made smaller. */
interface SizeRule {
  /** Never changed. */
  readonly keep?: boolean;
  /** Not below; default 1. */
  readonly least?: number;
  /** A multiple of; default 1. */
  readonly multiple?: number;
  /** Always equal to the size of this name. */
  readonly same?: string;
  /** At most the size of this name. */
  readonly within?: string;
}

export type Rules = Readonly<Record<string, SizeRule>>;

/**
 * The largest free size is halved (odd ones stay odd) until `count(dims)` is at most `most`, or
 * nothing can become smaller.
 */
export function shrink(
  names: readonly string[],
  published: Dims,
  rules: Rules,
  count: (dims: Dims) => number,
  most: number,
): Dims {
  let dims = [...published];
  while (count(dims) > most) {
    const choices = names.map((name, i) => ({
      i,
      from: dims[i] as number,
      to: halved(dims[i] as number, rules[name]),
    }));
    const best = choices
      .filter(({ from, to, i }) => to < from && rules[names[i] as string]?.same === undefined)
      .sort((a, b) => b.from - a.from)[0];
    if (best === undefined) break;
    dims = tied(names, dims.with(best.i, best.to), rules);
  }
  return dims;
}

function halved(n: number, { keep = false, least = 1, multiple = 1 }: SizeRule = {}): number {
  if (keep) return n;
  const half = Math.floor(n / 2);
  const odd = n % 2 === 1 && half % 2 === 0 ? half + 1 : half;
  return Math.max(Math.ceil(odd / multiple) * multiple, Math.ceil(least / multiple) * multiple);
}

/** Sizes that must equal another one do, and those that must not exceed another one do not. */
export function tied(names: readonly string[], dims: Dims, rules: Rules): number[] {
  const of = (name: string) => dims[names.indexOf(name)] as number;
  return names.map((name) => {
    const { same, within } = rules[name] ?? {};
    if (same !== undefined) return of(same);
    return within === undefined ? of(name) : Math.min(of(name), of(within));
  });
}
