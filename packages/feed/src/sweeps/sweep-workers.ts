import { type Db, json } from "../database/open.ts";

/** A process that takes cells, and what it can take. */
export interface SweepWorkerView {
  readonly id: string;
  readonly machine: string;
  readonly backends: readonly string[];
  /** Why others do not run there, by back end. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Who said nothing for so long is gone, in milliseconds. */
const silentFor = 90_000;

/** Says that a worker is there; to be said again within a minute. */
export async function reportSweepWorker(
  db: Db,
  { id, machine, backends, missing }: SweepWorkerView,
  now: Date,
): Promise<void> {
  const said = {
    machine,
    backends: [...backends],
    missing: json(missing) as unknown as string,
    seen_at: now,
  };
  await db
    .insertInto("sweep_workers")
    .values({ id, ...said })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(said))
    .execute();
}

/** A worker ends; also removes those that are gone. */
export async function forgetSweepWorker(db: Db, id: string, now: Date): Promise<void> {
  await db
    .deleteFrom("sweep_workers")
    .where((eb) =>
      eb.or([eb("id", "=", id), eb("seen_at", "<", new Date(now.getTime() - silentFor))]),
    )
    .execute();
}

/** The workers that are there. */
export const sweepWorkers = (db: Db, now: Date): Promise<SweepWorkerView[]> =>
  db
    .selectFrom("sweep_workers")
    .select(["id", "machine", "backends", "missing"])
    .where("seen_at", ">=", new Date(now.getTime() - silentFor))
    .orderBy("id")
    .execute();
