import { store } from "./feed/store.ts";

export const about = "the service's database: pages of the feed and votes at 100,000 papers";

export async function run(): Promise<void> {
  await store();
}
