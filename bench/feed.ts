import { search } from "./feed/search.ts";

export const about = "the service: search beside SQLite FTS5, Postgres, MiniSearch";

export async function run(): Promise<void> {
  await search();
}
