import { audit, reinstate, role, suspend } from "./accounts.ts";
import { backup } from "./backup.ts";
import { digest, due, issue } from "./digest.ts";
import { ingest } from "./ingest.ts";
import { jobs, retry } from "./jobs.ts";
import { status } from "./status.ts";
import { sweepCancel, sweepList, sweepResults, sweepStart, sweepStatus } from "./sweeps.ts";
import { worker } from "./worker.ts";

/** All verbs by name. */
export const verbs = {
  audit,
  backup,
  digest,
  due,
  ingest,
  issue,
  jobs,
  reinstate,
  retry,
  role,
  status,
  suspend,
  sweepCancel,
  sweepList,
  sweepResults,
  sweepStart,
  sweepStatus,
  worker,
};

export type VerbName = keyof typeof verbs;
export type VerbArgs<Name extends VerbName> = Parameters<(typeof verbs)[Name]>[1];
export type VerbResult<Name extends VerbName> = Awaited<ReturnType<(typeof verbs)[Name]>>;
