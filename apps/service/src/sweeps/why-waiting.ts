import { type Db, sweepWorkers } from "@daily-kernel/feed/node";

/** Says of a back end why nobody takes its cells; `null` where somebody can or has not looked yet. */
export async function whyWaiting(db: Db, now: Date): Promise<(backend: string) => string | null> {
  const workers = await sweepWorkers(db, now);
  return (backend) => {
    if (workers.length === 0) return "no worker is there: start daily-kernel worker";
    if (workers.some(({ missing }) => missing[backend] === undefined)) return null;
    const reasons = new Map(
      workers.map(({ machine, missing }) => [machine.replace(/ \(.*/, ""), missing[backend]!]),
    );
    return `nobody that is there can take it: ${[...reasons].map(([host, reason]) => `${host}: ${reason}`).join("; ")}`;
  };
}
