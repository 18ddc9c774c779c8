import { type Backend, defaultLimits, tasks, type verifyCandidate } from "@daily-kernel/forge";
import type { Sample } from "@daily-kernel/forge/node";
import type { WeakVerdict, weak } from "./weak.ts";

/** What both judges say of one kernel of the gallery. */
export interface Outcome {
  readonly name: string;
  readonly backend: Sample["backend"];
  readonly honest: boolean;
  readonly weak: WeakVerdict;
  /** Master seeds under which the strict judge accepted, and the rule that it named elsewhere. */
  readonly acceptedBy: readonly number[];
  readonly rule: string;
}

export interface Judges {
  readonly weak: typeof weak;
  readonly strict: typeof verifyCandidate;
}

/** Two processes at a time: one compiles while another is asked. */
const AT_ONCE = 2;

/** Both judges on every kernel, the strict one with each master seed. */
export async function duel(
  samples: readonly Sample[],
  backendOf: (sample: Sample) => Backend,
  judges: Judges,
  {
    seeds,
    quick,
    signal,
    breathe,
  }: {
    readonly seeds: readonly number[];
    readonly quick: boolean;
    readonly signal: AbortSignal;
    readonly breathe: (done: number, name: string) => Promise<void>;
  },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < samples.length; i = next++) {
      const sample = samples[i]!;
      await breathe(outcomes.length / samples.length, sample.name);
      const task = tasks.get(sample.task);
      const backend = backendOf(sample);
      const judge = { seed: seeds[0]!, signal };
      const loose = await judges.weak(task, sample.candidate, backend, judge);
      const acceptedBy: number[] = [];
      let rule = "";
      for (const seed of seeds) {
        const verdict = await judges.strict(task, sample.candidate, backend, {
          seed,
          signal,
          limits: { callTimeout: quick ? 3000 : defaultLimits.callTimeout, memory: 2 ** 31 },
          ...(quick && { shapes: task.shapes.filter((_, k) => k % 3 !== 0) }),
        });
        if (verdict.accepted) acceptedBy.push(seed);
        else rule = verdict.findings.find(({ severity }) => severity === "error")?.rule ?? "";
      }
      const { name, honest } = sample;
      outcomes.push({ name, backend: sample.backend, honest, weak: loose, acceptedBy, rule });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes.sort((a, b) => (`${a.backend}/${a.name}` < `${b.backend}/${b.name}` ? -1 : 1));
}
