const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const QUERY_RESOLVE = 0x200;

/** The most passes that are timed in one submission. */
export const mostPasses = 64;

/** One submission whose compute passes are timed. */
interface Lap {
  /** The descriptor of pass `i`. */
  pass(i: number): GPUComputePassDescriptor;
  /** Submits and returns nanoseconds of each pass once all is done. */
  submit(encoder: GPUCommandEncoder): Promise<number[]>;
}

/**
 * Times compute passes by the device's own clock; where it has none, by ours around the submission,
 * which then may hold one pass only.
 */
export class Stopwatch {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet | null;
  readonly #resolved: GPUBuffer | null;
  readonly #staging: GPUBuffer | null;

  constructor(device: GPUDevice) {
    this.#device = device;
    const able = device.features.has("timestamp-query");
    const size = mostPasses * 16;
    this.#queries = able
      ? device.createQuerySet({ type: "timestamp", count: 2 * mostPasses })
      : null;
    this.#resolved = able ? device.createBuffer({ size, usage: QUERY_RESOLVE | COPY_SRC }) : null;
    this.#staging = able ? device.createBuffer({ size, usage: MAP_READ | COPY_DST }) : null;
  }

  /** Whether the device has a clock. */
  get precise(): boolean {
    return this.#queries !== null;
  }

  begin(passes: number): Lap {
    const [queries, resolved, staging] = [this.#queries, this.#resolved, this.#staging];
    const { queue } = this.#device;
    if (queries === null || resolved === null || staging === null) {
      return {
        pass: () => ({}),
        submit: async (encoder) => {
          const start = performance.now();
          queue.submit([encoder.finish()]);
          await queue.onSubmittedWorkDone();
          return [(performance.now() - start) * 1e6];
        },
      };
    }
    return {
      pass: (i) => ({
        timestampWrites: {
          querySet: queries,
          beginningOfPassWriteIndex: 2 * i,
          endOfPassWriteIndex: 2 * i + 1,
        },
      }),
      submit: async (encoder) => {
        encoder.resolveQuerySet(queries, 0, 2 * passes, resolved, 0);
        encoder.copyBufferToBuffer(resolved, 0, staging, 0, 16 * passes);
        queue.submit([encoder.finish()]);
        await staging.mapAsync(MAP_READ);
        const times = new BigUint64Array(staging.getMappedRange(0, 16 * passes).slice(0));
        staging.unmap();
        const ns = Array.from({ length: passes }, (_, i) =>
          Math.max(0, Number(times[2 * i + 1]! - times[2 * i]!)),
        );
        return isCoarse(times) ? Array(passes).fill(mean(ns)) : ns;
      },
    };
  }
}

/** Browsers round the device's clock to one of these, in nanoseconds. */
const coarse = [65_536n, 100_000n];
const isCoarse = (times: BigUint64Array) =>
  coarse.some((step) => times.every((time) => time % step === 0n));

/**
 * Of a rounded clock the mean of several passes is right on average, since each begins at another
 * moment of a step; a single one is not.
 */
const mean = (ns: readonly number[]) => ns.reduce((sum, each) => sum + each, 0) / ns.length;
