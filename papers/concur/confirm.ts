import type { Backend } from "@daily-kernel/forge";
import { verifyCandidate } from "@daily-kernel/forge";
import { sourceOf } from "./kernels.ts";
import type { Sample } from "./search.ts";
import { toyTasks } from "./toy-tasks.ts";

type NativeForge = typeof import("@daily-kernel/forge/node");

/** The C++ back end where there is one: a sentence that says why not, elsewhere. */
export async function cppHere(): Promise<Backend | string> {
  if (!(globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node)
    return "compilers run in Node";
  const name = "@daily-kernel/forge/node"; // by a variable: bundlers of the site leave it alone
  const { cpp } = (await import(/* @vite-ignore */ name)) as NativeForge;
  const backend = cpp();
  const probe = await backend.probe();
  return probe.available ? backend : `${probe.reason}; ${probe.remedy ?? "forge doctor says more"}`;
}

/** Samples of a pool, as many right as wrong ones of each kind where there are. */
export function mixture(samples: readonly Sample[], perKind: number): Sample[] {
  const kinds = new Set(samples.map(({ task }) => task.kind));
  return [...kinds].flatMap((kind) =>
    [true, false].flatMap((accepted) =>
      samples
        .filter(({ task, trace }) => task.kind === kind && trace.verdict.accepted === accepted)
        .slice(0, perKind),
    ),
  );
}

/** The verdict with which a sample was stored. */
export const stored = ({ trace }: Sample): boolean => trace.verdict.accepted;

/** The share of samples whose stored verdict is that of the whole judge on the task's own sizes. */
export async function confirmed(
  samples: readonly Sample[],
  verdictOf: typeof stored,
  backend: Backend,
  { seed, signal }: { seed: number; signal: AbortSignal },
  breathe: (done: number) => Promise<void>,
): Promise<number> {
  let agree = 0;
  for (const [k, sample] of samples.entries()) {
    await breathe(k / samples.length);
    const { kind, dims } = sample.task;
    const source = sourceOf(kind, sample.search.found);
    const options = { seed, signal, shapes: [dims] };
    const { accepted } = await verifyCandidate(toyTasks[kind], { source }, backend, options);
    if (accepted === verdictOf(sample)) agree += 1;
  }
  return agree / samples.length;
}
