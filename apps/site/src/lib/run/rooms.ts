import type { Room } from "@daily-kernel/reproduction";

/** Every `papers/<slug>/run.ts`, each in a chunk of its own that loads when it is run. */
const rooms = import.meta.glob<{ default: Room }>("../../../../../papers/*/run.ts");

/** The room of a paper. */
export async function loadRoom(slug: string): Promise<Room> {
  const load = rooms[`../../../../../papers/${slug}/run.ts`];
  if (!load) throw new RangeError(`${slug} has no reproduction yet`);
  return (await load()).default;
}
