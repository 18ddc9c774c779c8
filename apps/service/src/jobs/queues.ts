import type { BackendId } from "@daily-kernel/forge";
import type PgBoss from "pg-boss";

type Rule = Omit<PgBoss.Queue, "name"> & {
  /** When it runs by itself, in UTC. */
  readonly cron?: string;
};

/**
 * At most one waits, so that a minute's turn that is missed is not made up for. One that runs holds
 * nobody up: its process may be dead. All of these may run twice at once, and change nothing twice.
 */
const periodic = { policy: "short", retryLimit: 0 } as const;

type ForgeQueue = `forge-${BackendId}`;

export type QueueName =
  | "ingest"
  | "embed"
  | "digest"
  | "sweep"
  | "cleanup"
  | "runs"
  | "kernels"
  | ForgeQueue;

/** Where the cells of the forge's sweeps wait: those of one back end, for workers that have it. */
export const forgeQueue = (backend: string) => `forge-${backend}` as ForgeQueue;

const cells = { policy: "standard", retryLimit: 0, expireInHours: 23 } as const;

/** The queues, and when each is filled by itself. */
export const queues: Readonly<Record<QueueName, Rule>> = {
  /** Reads arXiv's new papers, which appear by 01:00 UTC. */
  ingest: {
    ...periodic,
    cron: "30 1 * * *",
    retryLimit: 5,
    retryDelay: 300,
    retryBackoff: true,
    expireInHours: 20,
  },
  embed: { ...periodic, cron: "*/5 * * * *", expireInHours: 12 },
  digest: { ...periodic, cron: "* * * * *", expireInHours: 6 },
  /** Runs whose worker died or that were never sent, and records that came into the repository. */
  sweep: { ...periodic, cron: "* * * * *", expireInMinutes: 5 },
  /** Tokens and sessions that have expired. */
  cleanup: { ...periodic, cron: "17 3 * * *", expireInHours: 1 },
  /** One reproduction a job; the row in `runs` says whether it is still to be done. */
  runs: { policy: "standard", retryLimit: 0, expireInHours: 23 },
  /** One kernel to verify a job; the row in `kernels` says whether it is still to be done. */
  kernels: { policy: "standard", retryLimit: 0, expireInHours: 1 },
  /** One cell of a sweep a job; the row in `sweep_cells` says whether it is still to be done. */
  "forge-cpp": cells,
  "forge-cuda": cells,
  "forge-fortran": cells,
  "forge-kokkos": cells,
  "forge-numba": cells,
  "forge-openacc": cells,
  "forge-opencl": cells,
  "forge-openmp": cells,
  "forge-triton": cells,
  "forge-wasm": cells,
  "forge-wgsl": cells,
};
