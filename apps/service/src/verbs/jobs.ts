import { notFoundError } from "@daily-kernel/feed";
import type { JobsHealth } from "../jobs/jobs.ts";
import type { Verb } from "./verb.ts";

/** What waits, runs and failed. */
export const jobs: Verb<object, JobsHealth> = ({ jobs }) => jobs.health();

/** Puts a job that failed for good back into its queue. */
export const retry: Verb<{ id: string }, string> = async ({ jobs }, { id }) => {
  const dead = (await jobs.health()).dead.find((letter) => letter.id === id);
  if (!dead) throw notFoundError(`no failed job has the id ${id}`);
  await jobs.start();
  await jobs.retry(dead);
  return dead.queue;
};
