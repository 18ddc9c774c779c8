import { fileURLToPath } from "node:url";
import type { Db } from "@daily-kernel/feed/node";
import type { Jobs } from "../../jobs/jobs.ts";
import { silent } from "../../testing/fixture.ts";
import { BackEnds } from "../back-ends-here.ts";
import { startSweepWorkers } from "../start-sweep-workers.ts";

export const program = fileURLToPath(new URL("./scripted-program.ts", import.meta.url));

export const limits = { perDay: 0, atOnce: 0, seconds: 60, megabytes: 4096 };

/** Workers on a machine that has one back end only, with the scripted program. */
export const startScripted = (
  parts: { db: Db; jobs: Jobs; now: () => Date },
  { count = 1, has = "cpp" }: { count?: number; has?: string } = {},
): (() => Promise<void>) =>
  startSweepWorkers(
    {
      ...parts,
      limits,
      log: silent,
      program,
      backEnds: new BackEnds(parts.now, async (id) =>
        id === has
          ? { available: true, hardware: "a test", version: "1" }
          : { available: false, reason: `no ${id} here`, remedy: "install it" },
      ),
    },
    count,
  );
