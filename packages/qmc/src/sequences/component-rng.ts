import { Rng } from "@daily-kernel/compute";

/**
 * The random numbers of one component in one replication. They depend on the seed and these two
 * indices alone, not on how many components or replications there are.
 */
export function componentRng(seed: number | bigint, replication: number, component: number): Rng {
  return new Rng(seed).spawn("replication").spawn(replication).spawn(component);
}

/** The seed of the `index`-th sequence that a sequence of this seed spawns. */
export function spawnedSeed(seed: number | bigint, index: number): bigint {
  const rng = new Rng(seed).spawn("sequence").spawn(index);
  return (BigInt(rng.uint32()) << 32n) | BigInt(rng.uint32());
}
