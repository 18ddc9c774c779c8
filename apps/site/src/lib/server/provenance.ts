import { commitOf, sourcesOf } from "@daily-kernel/reproduction/node";
import type { Provenance } from "../run/protocol.ts";
import { root } from "./root.ts";

const commit = commitOf(root);
const known = new Map<string, Provenance>();

/**
 * What a record made in the browser says of its sources: as they were when this server started,
 * since the browser runs what was built then.
 */
export function provenanceOf(slug: string): Provenance {
  const provenance = known.get(slug) ?? { ...commit, ...sourcesOf(root, slug) };
  known.set(slug, provenance);
  return provenance;
}
