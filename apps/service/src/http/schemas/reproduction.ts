import { z } from "@hono/zod-openapi";
import { moment } from "./fields.ts";
import { ClaimCountsReply } from "./paper.ts";

const ClaimReply = z
  .object({
    id: z.string(),
    statement: z.string(),
    scale: z.string().openapi({ description: "`paper`, `desk` or `simulated`." }),
    reported: z.string().openapi({ description: "What the paper says." }),
    measured: z.string().nullable().openapi({ description: "What the latest run measured." }),
    verdict: z.enum(["holds", "fails", "inconclusive", "not-measured"]),
    reason: z.string().nullable().openapi({ description: "Why it was not measured." }),
    stale: z.boolean().openapi({ description: "The sources have changed since." }),
    recordedAt: moment().nullable(),
    preset: z.string().nullable(),
    device: z.string().nullable(),
    machine: z.string().nullable(),
  })
  .openapi("Claim");

const RecordReply = z
  .object({
    id: z.string(),
    slug: z.string(),
    preset: z.string(),
    device: z.string(),
    machine: z.string(),
    createdAt: moment(),
  })
  .openapi("Record");

export const Reproduction = z
  .object({
    paperId: z.string(),
    slug: z.string().nullable(),
    runsInBrowser: z.boolean(),
    counts: ClaimCountsReply,
    claims: z.array(ClaimReply),
    records: z.array(RecordReply).openapi({ description: "Runs measured here, newest first." }),
  })
  .openapi("Reproduction");

export const Claims = z.array(ClaimReply);
