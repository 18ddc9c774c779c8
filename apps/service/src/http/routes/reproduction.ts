import { type ClaimState, notFoundError } from "@daily-kernel/feed";
import { claimStates, type Db } from "@daily-kernel/feed/node";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiService } from "../api-service.ts";
import type { ApiApp } from "../app.ts";
import { findPaper } from "../find-paper.ts";
import { errors } from "../schemas/error.ts";
import { PaperId, RecordId } from "../schemas/parameters.ts";
import { Claims, Reproduction } from "../schemas/reproduction.ts";

const reproduction = createRoute({
  method: "get",
  path: "/api/papers/{id}/reproduction",
  operationId: "getReproduction",
  tags: ["reproduction"],
  summary: "What the paper reports, what was measured, and which claims hold",
  request: { params: PaperId },
  responses: {
    200: { description: "The table.", content: { "application/json": { schema: Reproduction } } },
    ...errors(400, 404, 429),
  },
});

const claims = createRoute({
  method: "get",
  path: "/api/papers/{id}/claims",
  operationId: "listClaims",
  tags: ["reproduction"],
  summary: "The paper's claims with their standing",
  request: { params: PaperId },
  responses: {
    200: {
      description: "In the paper's order.",
      content: { "application/json": { schema: Claims } },
    },
    ...errors(400, 404, 429),
  },
});

const record = createRoute({
  method: "get",
  path: "/api/papers/{id}/records/{recordId}",
  operationId: "getRecord",
  tags: ["reproduction"],
  summary: "The whole record of a run that was measured here",
  request: { params: RecordId },
  responses: {
    200: {
      description: "The record, with every measurement.",
      content: { "application/json": { schema: z.looseObject({}) } },
    },
    ...errors(400, 404, 429),
  },
});

export function reproductions(app: ApiApp, { db }: ApiService): void {
  app.openapi(reproduction, async (c) => {
    const {
      id,
      slug,
      runsInBrowser,
      claims: counts,
    } = await findPaper(db, c.req.valid("param").id);
    const [states, records] = [await claimStates(db, id), await recordsOf(db, id)];
    const claims = states.map(claimReply);
    return c.json({ paperId: id, slug, runsInBrowser, counts, claims, records }, 200);
  });

  app.openapi(claims, async (c) => {
    const { id } = await findPaper(db, c.req.valid("param").id);
    return c.json((await claimStates(db, id)).map(claimReply), 200);
  });

  app.openapi(record, async (c) => {
    const { id: name, recordId } = c.req.valid("param");
    const { id } = await findPaper(db, name);
    const row = await db
      .selectFrom("records")
      .select("record")
      .where("paper_id", "=", id)
      .where("id", "=", recordId)
      .executeTakeFirst();
    if (!row) throw notFoundError(`no record ${recordId} of paper ${id} is known here`);
    return c.json(row.record as Record<string, unknown>, 200);
  });
}

const claimReply = ({ position: _, recordedAt, ...claim }: ClaimState) => ({
  ...claim,
  recordedAt: recordedAt?.toISOString() ?? null,
});

async function recordsOf(db: Db, paperId: string) {
  const rows = await db
    .selectFrom("records")
    .select(["id", "slug", "preset", "device", "machine", "created_at"])
    .where("paper_id", "=", paperId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.toISOString() }));
}
