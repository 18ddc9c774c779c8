import { newId } from "../database/id.ts";
import type { Db } from "../database/open.ts";
import type { Role } from "../database/tables.ts";
import type { PaperInput } from "../papers/paper-input.ts";

/** A morning that most tests live in. */
export const morning = new Date("2024-09-13T08:00:00Z");

/** Some hours after a moment. */
export const hoursAfter = (moment: Date, hours: number) =>
  new Date(moment.getTime() + hours * 3_600_000);

/** A paper as ingestion hands it over. */
export const samplePaper = (id: string, differing: Partial<PaperInput> = {}): PaperInput => ({
  id,
  title: `The title of ${id}`,
  abstract: "An abstract.",
  authors: ["Ada Lovelace", "Alan Turing"],
  primaryCategory: "cs.LG",
  categories: ["cs.LG", "stat.ML"],
  publishedAt: morning,
  updatedAt: morning,
  ...differing,
});

/** Adds an account, a year old unless told otherwise; returns its id. */
export async function sampleAccount(
  db: Db,
  name: string,
  {
    role = "reader",
    createdAt = hoursAfter(morning, -365 * 24),
  }: { role?: Role; createdAt?: Date } = {},
): Promise<string> {
  const id = newId(createdAt);
  await db
    .insertInto("accounts")
    .values({
      id,
      email: `${name}@example.org`,
      name,
      full_name: name.toUpperCase(),
      role,
      created_at: createdAt,
    })
    .execute();
  return id;
}
