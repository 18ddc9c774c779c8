import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../database/open.ts";

/**
 * The service's key of that name: 32 random bytes, made at the first call and kept in the database.
 * Of several processes that call at once one makes it and all get the same.
 */
export async function secret(db: Db, name: string): Promise<Uint8Array> {
  const find = () =>
    db.selectFrom("secrets").select("value").where("name", "=", name).executeTakeFirst();
  const known = await find();
  if (known) return new Uint8Array(known.value);
  await db
    .insertInto("secrets")
    .values({ name, value: randomBytes(32), created_at: sql<Date>`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return new Uint8Array((await find())!.value);
}
