import type { KernelTime } from "@daily-kernel/forge";

const prefixes = ["", "k", "M", "G", "T", "P"];

/** `3.21 GFLOP/s`: three digits with a prefix. */
export function rate(value: number, unit: string): string {
  const power = Math.min(prefixes.length - 1, Math.max(0, Math.floor(Math.log10(value) / 3)));
  return `${(value / 1000 ** power).toPrecision(3)} ${prefixes[power]}${unit}`;
}

/** `1.23 ms`: three digits of a time in nanoseconds. */
export function time(ns: number): string {
  for (const [unit, size] of [
    ["s", 1e9],
    ["ms", 1e6],
    ["µs", 1e3],
  ] as const)
    if (ns >= size) return `${(ns / size).toPrecision(3)} ${unit}`;
  return `${ns.toPrecision(3)} ns`;
}

/** `0.15 %`, `42 %`, `310 %`. */
export const percent = (share: number): string =>
  `${share < 0.1 ? (100 * share).toPrecision(2) : Math.round(100 * share)} %`;

/** How near a kernel is to what its device could do, in a sentence. */
export function roofline({ bound, rooflineFraction, flags }: KernelTime): string {
  const share = percent(rooflineFraction);
  const limit =
    bound.by === "memory"
      ? `memory, which a copy crosses at ${rate(bound.bytesPerSecond, "B/s")}`
      : `arithmetic, of which multiply-adds in registers reach ${rate(bound.flopsPerSecond, "FLOP/s")}`;
  if (flags.includes("implausible"))
    return `Nothing that computes this can be so fast: the bound is ${limit}, and this would be ${share} of it, measured twice. The time does not count.`;
  const advice =
    rooflineFraction > 0.7
      ? "There is little left to win."
      : bound.by === "memory"
        ? "Read every number once, neighbours by neighbours."
        : "Keep more numbers in registers and workgroup memory, and use each of them more often.";
  return `Its bound is ${limit}; it reaches ${share} of that. ${advice}`;
}
