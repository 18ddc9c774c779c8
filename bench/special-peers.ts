/**
 * Stores what the peers do in papers/log-bessel/peers.json, for the paper's room, which compares
 * with them without having them: `node bench/special-peers.ts` from the repository's root.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { POINTS, REGIONS, SEED } from "./special/inputs.ts";
import { measure } from "./special/measure.ts";

const round = (value: number) => Number(value.toPrecision(3));

async function store(): Promise<void> {
  const { rows, missing, versions } = await measure();
  if (missing.length > 0) {
    const names = missing.map(({ peer, why }) => `${peer} (${why})`).join(", ");
    throw new Error(`special-peers: every peer is needed to store a comparison; missing: ${names}`);
  }
  const content = {
    command: "node bench/special-peers.ts",
    what: "log I by log(ive(v, x)) + x and log K by log(kve(v, x)) - x in SciPy; by the logarithm of I and K in Boost and the C++ standard library; by bessel_Inu_scaled and bessel_lnKnu in GSL. Peers are timed on the first 1000 points; Boost, GSL and std evaluate only these.",
    machine: `${cpus()[0]?.model.trim() ?? "unknown"}, one thread, shared`,
    node: process.versions.node,
    versions,
    generator: {
      rng: "new Rng(seed) of @daily-kernel/compute; for each point v = low + (high - low) * rng.uniform(), then x likewise",
      seed: SEED,
      points: POINTS,
    },
    regions: REGIONS,
    rows: rows
      .filter(({ peer }) => peer in versions)
      .map((row) => ({
        region: row.region,
        function: row.function,
        peer: row.peer,
        points: row.points,
        notFinite: row.notFinite,
        nanoseconds: round(row.theirs),
        ours: round(row.ours),
        ratio: row.ratio.map(round),
        difference: round(row.difference),
      })),
  };
  const target = new URL("../papers/log-bessel/peers.json", import.meta.url);
  // Short arrays on one line each, as the formatter wants them.
  const text = JSON.stringify(content, null, 2).replace(
    /\[([^[\]{}]+)\]/g,
    (_, inner: string) => `[${inner.trim().replace(/\s+/g, " ")}]`,
  );
  writeFileSync(target, `${text}\n`);
}

if (import.meta.main) await store();
