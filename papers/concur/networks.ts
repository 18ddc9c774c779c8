import { sideBySide } from "@daily-kernel/forge";
import network, { type NetworkJob, type Tries } from "./network.ts";

type NativeForge = typeof import("@daily-kernel/forge/node");

/** Trains networks and asks them; `breathe` hears how much of all that is done. */
export type Networks = (
  jobs: readonly NetworkJob[],
  breathe: (done: number) => Promise<void>,
) => Promise<Tries[]>;

/** One after the other, in this thread. */
export const inTurn: Networks = async (jobs, breathe) => {
  const answers: Tries[] = [];
  for (const [k, job] of jobs.entries())
    answers.push(await network(job, (done) => breathe((k + done) / jobs.length)));
  return answers;
};

/** Two at a time in threads of their own where there are threads (in Node); in turn elsewhere. */
export async function networksHere(signal: AbortSignal): Promise<Networks> {
  if (!(globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node)
    return inTurn;
  const name = "@daily-kernel/forge/node"; // by a variable: bundlers of the site leave it alone
  const { inThread } = (await import(/* @vite-ignore */ name)) as NativeForge;
  const module = new URL("./network.ts", import.meta.url);
  return (jobs, breathe) => {
    const done = new Float64Array(jobs.length);
    const work = jobs.map((job, k) => () => {
      const onProgress = (part: number) => {
        done[k] = part;
        // A run that is cancelled ends its threads by the signal.
        breathe(done.reduce((a, b) => a + b, 0) / jobs.length).catch(() => {});
      };
      return inThread<NetworkJob, Tries>(module, job, { signal, onProgress });
    });
    return sideBySide(work, 2);
  };
}
