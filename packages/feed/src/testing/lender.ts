import type { Database } from "../database/open.ts";
import { emptied } from "./emptied.ts";

/** Databases to be lent out: closing one gives it back, emptied, for whoever comes next. */
export function lender(open: () => Promise<Database>): () => Promise<Database> {
  const idle: Database[] = [];
  return async () => {
    const database = idle.pop() ?? (await open());
    return {
      ...database,
      close: async () => {
        await emptied(database);
        idle.push(database);
      },
    };
  };
}
