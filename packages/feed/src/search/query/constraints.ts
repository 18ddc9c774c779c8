import { filterTest, type SearchFilters } from "../filters.ts";
import type { Library } from "../library.ts";
import type { ParsedQuery } from "./parse-query.ts";

/**
 * The test that a known paper's slot has to pass before it is ranked: filters, phrases, excluded
 * words; nothing where all pass.
 */
export function constraints(
  library: Library,
  { required, excluded }: ParsedQuery,
  filters: SearchFilters,
): ((slot: number) => boolean) | undefined {
  const passes = filterTest(filters);
  const allowed = passes && ((slot: number) => passes(library.at(slot)!));
  if (required.length === 0 && excluded.length === 0) return allowed;
  const mask = new Uint8Array(library.words.slots).fill(1);
  for (const group of required) {
    const here = new Set(group.flatMap((phrase) => library.slotsWith(phrase)));
    for (let slot = 0; slot < mask.length; slot++) if (!here.has(slot)) mask[slot] = 0;
  }
  for (const phrase of excluded) for (const slot of library.slotsWith(phrase)) mask[slot] = 0;
  return (slot) => mask[slot] === 1 && (!allowed || allowed(slot));
}
