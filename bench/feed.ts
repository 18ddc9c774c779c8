import { http } from "./feed/http.ts";
import { mails } from "./feed/mails.ts";
import { search } from "./feed/search.ts";

export const about =
  "the service: search beside SQLite FTS5, Postgres, MiniSearch; a digest over SMTP; HTTP under load";

export async function run(): Promise<void> {
  await search();
  await mails();
  await http();
}
