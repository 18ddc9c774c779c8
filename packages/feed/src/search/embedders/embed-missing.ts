import { sql } from "kysely";
import { checkCount } from "../../check.ts";
import type { Db } from "../../database/open.ts";
import { nextRevision } from "../../database/revision.ts";
import { inputError } from "../../feed-error.ts";
import { EmbeddingDimensionMismatch } from "../dense/embedding-dimension-mismatch.ts";
import { unit } from "../dense/unit.ts";
import type { Embedder } from "./embedder.ts";

export interface EmbedMissingOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after every batch with the papers done so far and the papers that there were to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Papers between two writes, 32 by default. */
  readonly batch?: number | undefined;
}

/** What is embedded of a paper, as SQL, and its hash: the same text has the same. */
const text = sql<string>`papers.title || chr(10) || papers.abstract`;
const hash = sql<string>`encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

/**
 * Gives every visible paper its vector by this model: those that have none, and those whose text is
 * not the one that was embedded. Newest identifiers first; each batch is written at once, so a run
 * that was cut off is gone on with by the next. Returns how many were embedded.
 *
 * @throws EmbeddingDimensionMismatch, FeedError `ERR_INPUT` for a vector that is not finite: nothing
 * of that batch is written. The signal's reason.
 */
export async function embedMissing(
  db: Db,
  embedder: Embedder,
  { signal, onProgress, batch = 32 }: EmbedMissingOptions = {},
): Promise<number> {
  checkCount("embedMissing: batch", batch, 1);
  const { count } = await missing(db, embedder.name)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const total = Number(count);
  let done = 0;
  for (let below: string | undefined; ; ) {
    signal?.throwIfAborted();
    const papers = await missing(db, embedder.name, below)
      .select(["papers.id", text.as("text"), hash.as("hash")])
      .orderBy("papers.id", "desc")
      .limit(batch)
      .execute();
    if (papers.length === 0) return done;
    const vectors = await embedder.embed(
      papers.map((paper) => paper.text),
      { signal },
    );
    const rows = papers.map((paper, i) => ({
      paper_id: paper.id,
      model: embedder.name,
      dimension: embedder.dimension,
      vector: bytesOf(checked(embedder, vectors[i])),
      text_hash: paper.hash,
    }));
    await db
      .insertInto("vectors")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["paper_id", "model"]).doUpdateSet((eb) => ({
          dimension: eb.ref("excluded.dimension"),
          vector: eb.ref("excluded.vector"),
          text_hash: eb.ref("excluded.text_hash"),
          revision: nextRevision,
        })),
      )
      .execute();
    below = papers.at(-1)!.id;
    done += papers.length;
    onProgress?.(done, Math.max(done, total));
  }
}

/** Papers without a vector of their present text; those unchanged since theirs need no hash. */
const missing = (db: Db, model: string, below?: string) =>
  db
    .selectFrom("papers")
    .leftJoin("vectors", (join) =>
      join.onRef("vectors.paper_id", "=", "papers.id").on("vectors.model", "=", model),
    )
    .where("papers.hidden_at", "is", null)
    .$if(below !== undefined, (query) => query.where("papers.id", "<", below!))
    .where((eb) =>
      eb.or([
        eb("vectors.paper_id", "is", null),
        eb.and([
          eb("papers.revision", ">", eb.ref("vectors.revision")),
          eb("vectors.text_hash", "<>", hash),
        ]),
      ]),
    );

function checked({ name, dimension }: Embedder, vector: Float32Array | undefined): Float32Array {
  if (vector?.length !== dimension) {
    throw new EmbeddingDimensionMismatch(name, dimension, vector?.length ?? 0);
  }
  if (!vector.every(Number.isFinite)) throw inputError(`${name}: a vector is not finite`);
  return unit(vector);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
