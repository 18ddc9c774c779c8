import { z } from "zod";
import { require } from "./bad-input.ts";
import { decide } from "./criterion.ts";
import { checkFigure, type Figure } from "./figure.ts";
import { checkMeasurement, type Measurement } from "./measurement.ts";
import type { Reported } from "./paper.ts";
import { reasons, type Verdict } from "./verdict.ts";

const finite = z.number();
const figure = z.strictObject({
  id: z.string().min(1),
  title: z.string(),
  caption: z.string(),
  x: axis(),
  y: axis(),
  aspect: z.literal("square").exactOptional(),
  series: z.array(
    z.strictObject({
      label: z.string(),
      mark: z.enum(["line", "dot", "bar"]),
      x: z.array(z.union([finite, z.string()])),
      y: z.array(finite),
      interval: z.array(z.tuple([finite, finite])).exactOptional(),
    }),
  ),
});

function axis() {
  return z.strictObject({
    label: z.string(),
    unit: z.string().exactOptional(),
    scale: z.enum(["linear", "log", "category"]),
    domain: z.tuple([finite, finite]).exactOptional(),
  });
}

const measured = z.intersection(
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("exact") }),
    z.object({ kind: z.literal("rounding"), tolerance: finite.nonnegative() }),
    z.object({ kind: z.literal("timing") }),
  ]),
  z.object({
    value: finite,
    n: z.int().positive(),
    unit: z.string().exactOptional(),
    interval: z.tuple([finite, finite]).exactOptional(),
    controls: z
      .array(
        z.strictObject({ label: z.string(), value: finite, source: z.string().exactOptional() }),
      )
      .exactOptional(),
    note: z.string().exactOptional(),
  }),
);

const claimOutcome = z.strictObject({
  id: z.string(),
  statement: z.string(),
  reported: z
    .strictObject({
      value: z.union([finite, z.string()]),
      unit: z.string().exactOptional(),
      setting: z.string(),
    })
    .nullable(),
  scale: z.enum(["paper", "desk", "simulated"]),
  quantity: z.string(),
  holdsIf: z.strictObject({
    min: finite.exactOptional(),
    max: finite.exactOptional(),
    minN: finite.exactOptional(),
  }),
  measured: measured.nullable(),
  verdict: z.enum(["holds", "fails", "inconclusive", "not-measured"]),
  /** Why there is no number; `null` where there is one. */
  reason: z
    .strictObject({
      code: z.enum(Object.keys(reasons) as [keyof typeof reasons]),
      detail: z.string(),
    })
    .nullable(),
});

const runRecord = z.strictObject({
  version: z.literal(1),
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  preset: z.enum(["quick", "full"]),
  seed: z.int().nonnegative(),
  device: z.enum(["wasm", "webgpu"]),
  threads: z.int().positive(),
  machine: z.strictObject({
    /** Operating system and architecture, `linux x64`. */
    platform: z.string(),
    cpu: z.string(),
    cores: z.int().positive(),
    /** `node 26.10.0`, or the browser. */
    runtime: z.string(),
    gpu: z.string().nullable(),
  }),
  /** The commit of the sources, `null` outside a repository. */
  commit: z.string().nullable(),
  /** Whether the sources differed from the commit. */
  dirty: z.boolean(),
  /** Hash of the room and of the packages that it reaches; a record with another hash is stale. */
  sources: z.string().nullable(),
  packages: z.record(z.string(), z.string()),
  startedAt: z.iso.datetime(),
  seconds: finite.nonnegative(),
  claims: z.array(claimOutcome),
  figures: z.array(figure),
});

/** What became of one claim in one run. */
export type ClaimOutcome = Omit<z.infer<typeof claimOutcome>, "measured" | "reported"> & {
  measured: Measurement | null;
  reported: Reported | null;
  verdict: Verdict;
};

/** A finished run, as it is stored, printed and published. */
export type RunRecord = Omit<z.infer<typeof runRecord>, "claims" | "figures"> & {
  claims: readonly ClaimOutcome[];
  figures: readonly Figure[];
};

/** The verdict that a claim's own numbers earn it. */
const earned = ({ measured, holdsIf }: ClaimOutcome): Verdict =>
  measured ? decide(holdsIf, measured) : "not-measured";

/**
 * Checks a record that comes from outside, its verdicts included: each must be the one that its
 * criterion gives for its measurement. Throws a `TypeError` that names what is at fault.
 */
export function parseRecord(json: unknown): RunRecord {
  const result = runRecord.safeParse(json);
  const issue = result.error?.issues[0];
  require(!issue, `record: ${issue?.path.join(".") || "(root)"}: ${issue?.message}`);
  const record = result.data as RunRecord;
  const ids = record.claims.map((claim) => claim.id);
  require(new Set(ids).size === ids.length, "record: two claims share an id");
  for (const claim of record.claims) {
    const name = `record: claim ${claim.id}`;
    if (claim.measured) checkMeasurement(name, claim.measured);
    const verdict = earned(claim);
    require(claim.verdict ===
      verdict, `${name}: says ${claim.verdict}, but its measurement gives ${verdict}`);
    require((claim.measured === null) ===
      (claim.reason !==
        null), `${name}: must have a measurement or a reason for having none, and not both`);
  }
  for (const one of record.figures) checkFigure(one);
  return record;
}
