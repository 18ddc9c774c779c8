/** Bandwidth of a triad whose three arrays take `footprint` bytes together. */
export interface BandwidthPoint {
  readonly footprint: number;
  readonly bytesPerSecond: number;
}

/** What was measured of one machine with one number of threads. */
export interface Roof {
  readonly threads: number;
  /** Float32 additions and multiplications a second of fused operations in registers. */
  readonly flopsPerSecond: number;
  /** By rising footprint, from the first-level cache to memory. */
  readonly bandwidth: readonly BandwidthPoint[];
}

export interface Roofs {
  readonly hardware: string;
  /** One for a single thread, and one for all cores where there are more. */
  readonly roofs: readonly Roof[];
}

/** The work of a call: what it must compute and what must cross the memory bus. */
export interface Work {
  readonly flops: number;
  readonly bytes: number;
  /** Caches were flushed: everything comes from memory. */
  readonly cold?: boolean;
  readonly threads?: number;
}

/** The shortest time in which `work` can be done, and what bounds it. */
export interface Bound {
  readonly ns: number;
  readonly by: "arithmetic" | "memory";
  /** Bytes a second that the memory roof allows for this footprint. */
  readonly bytesPerSecond: number;
  readonly flopsPerSecond: number;
}

/** The roof for that many threads: the smallest measured that has them, else the largest. */
export function roofFor({ roofs }: Roofs, threads: number): Roof {
  const rising = roofs.toSorted((a, b) => a.threads - b.threads);
  return rising.find((roof) => roof.threads >= threads) ?? rising.at(-1)!;
}

/**
 * The bandwidth for arrays of that many bytes: of the largest footprint measured that is no larger,
 * so that the roof errs on the high side where a cache level ends in between.
 */
function bandwidthFor({ bandwidth }: Roof, footprint: number, cold: boolean): number {
  if (cold) return bandwidth.at(-1)!.bytesPerSecond;
  const fitting = bandwidth.filter((point) => point.footprint <= footprint);
  const from = fitting.length > 0 ? bandwidth.slice(fitting.length - 1) : bandwidth;
  return Math.max(...from.map((point) => point.bytesPerSecond));
}

/** The roofline bound of Williams, Waterman and Patterson (2009) for this work. */
export function boundOf(roofs: Roofs, { flops, bytes, cold = false, threads = 1 }: Work): Bound {
  const roof = roofFor(roofs, threads);
  const bytesPerSecond = bandwidthFor(roof, bytes, cold);
  const arithmetic = (1e9 * flops) / roof.flopsPerSecond;
  const memory = (1e9 * bytes) / bytesPerSecond;
  const by = arithmetic >= memory ? "arithmetic" : "memory";
  return {
    ns: Math.max(arithmetic, memory),
    by,
    bytesPerSecond,
    flopsPerSecond: roof.flopsPerSecond,
  };
}

/** The higher of two measurements of one machine, number by number: other work only lowers them. */
export function higherRoofs(a: Roofs, b: Roofs): Roofs {
  const higher = (one: Roof, other: Roof | undefined): Roof => ({
    threads: one.threads,
    flopsPerSecond: Math.max(one.flopsPerSecond, other?.flopsPerSecond ?? 0),
    bandwidth: one.bandwidth.map(({ footprint, bytesPerSecond }, i) => ({
      footprint,
      bytesPerSecond: Math.max(bytesPerSecond, other?.bandwidth[i]?.bytesPerSecond ?? 0),
    })),
  });
  return {
    hardware: b.hardware,
    roofs: b.roofs.map((roof) =>
      higher(
        roof,
        a.roofs.find(({ threads }) => threads === roof.threads),
      ),
    ),
  };
}
