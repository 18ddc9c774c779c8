import type { Readings } from "./metrics.ts";
import type { Core } from "./service.ts";

/** The numbers behind the gauges of `/metrics` and `admin status`. */
export async function readings({ db, jobs, search, now }: Core): Promise<Readings> {
  const health = await jobs.health();
  const mails = await db
    .selectFrom("digest_sends")
    .select((eb) => ["state", eb.fn.countAll<number>().as("mails")])
    .groupBy("state")
    .execute();
  const runs = await db
    .selectFrom("runs")
    .select((eb) => ["state", eb.fn.countAll<number>().as("runs")])
    .groupBy("state")
    .execute();
  const cells = await db
    .selectFrom("sweep_cells")
    .select((eb) => ["state", eb.fn.countAll<number>().as("cells")])
    .groupBy("state")
    .execute();
  const harvests = await db.selectFrom("harvests").select(["source", "finished_at"]).execute();
  const papers = await db
    .selectFrom("papers")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("listed_day", "is not", null)
    .where("hidden_at", "is", null)
    .executeTakeFirstOrThrow();
  return {
    jobs: health.queues,
    mails,
    runs,
    cells,
    harvests: harvests.flatMap(({ source, finished_at }) =>
      finished_at ? [{ source, ageSeconds: (now().getTime() - finished_at.getTime()) / 1000 }] : [],
    ),
    papers: papers.count,
    searchable: (await search?.state())?.papers ?? 0,
  };
}
