import { newId } from "../database/id.ts";
import { type Db, json } from "../database/open.ts";
import type { SweepKind } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";
import { conflictError, inputError } from "../feed-error.ts";

/** One cell that is asked for. */
export interface NewCell {
  readonly task: string;
  readonly backend: string;
  readonly seed: number;
  /** All that a worker is told. */
  readonly request: object;
}

export interface NewSweep {
  readonly kind: SweepKind;
  /** Made of the kind and the identifier unless given. */
  readonly name?: string | undefined;
  readonly options: object;
  readonly cells: readonly NewCell[];
  readonly now: Date;
}

/** Rows that one statement inserts. */
const batch = 200;

/**
 * Keeps a sweep with all its cells, or nothing.
 * @throws FeedError `ERR_INPUT` for a name that cannot be or no cells, `ERR_CONFLICT` for a name
 * that another sweep has.
 */
export async function makeSweep(
  db: Db,
  { kind, name, options, cells, now }: NewSweep,
): Promise<{ id: string; name: string }> {
  if (cells.length === 0) throw inputError("a sweep needs at least one cell");
  if (name !== undefined && !/^[A-Za-z0-9][\w.-]{0,63}$/.test(name))
    throw inputError(
      `a sweep's name is up to 64 letters, digits, dots, hyphens and underscores, got ${name}`,
    );
  const id = newId(now);
  const named = name ?? `${kind}-${id.slice(-6)}`;
  return inTransaction(db, async (trx) => {
    const made = await trx
      .insertInto("sweeps")
      .values({
        id,
        name: named,
        kind,
        options: json(options) as unknown as string,
        created_at: now,
      })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!made) throw conflictError(`there is a sweep called ${named} already`);
    for (let from = 0; from < cells.length; from += batch)
      await trx
        .insertInto("sweep_cells")
        .values(
          cells.slice(from, from + batch).map(({ task, backend, seed, request }, i) => ({
            sweep_id: id,
            position: from + i + 1,
            task,
            backend,
            seed,
            request: json(request) as unknown as string,
          })),
        )
        .execute();
    return { id, name: named };
  });
}
