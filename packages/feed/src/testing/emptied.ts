import type { Database } from "../database/open.ts";

/** Removes every row, and what others (the queue) put beside our tables. */
export async function emptied(database: Database): Promise<void> {
  const { rows } = await database.run(
    `select format('%I', schemaname) as schema, format('%I.%I', schemaname, tablename) as name
     from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
       and tablename not like 'kysely_migration%'`,
    [],
  );
  const tables = rows as { schema: string; name: string }[];
  const others = new Set(tables.map(({ schema }) => schema).filter((name) => name !== "public"));
  const ours = tables.filter(({ schema }) => schema === "public").map(({ name }) => name);
  await database.run(
    `truncate ${ours.join(", ")}; alter sequence revisions restart;
     ${[...others].map((schema) => `drop schema ${schema} cascade;`).join(" ")}`,
  );
}
