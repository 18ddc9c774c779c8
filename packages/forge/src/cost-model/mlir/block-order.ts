import type { RawBlock } from "./tree.ts";

/**
 * The blocks of a region in the order in which a walk from its entry first meets them, so that the
 * order in which they are written does not matter; blocks that cannot be reached are left out.
 */
export function inControlOrder(blocks: readonly RawBlock[]): RawBlock[] {
  if (blocks.length < 2) return [...blocks];
  const byLabel = new Map(blocks.map((block) => [block.label, block]));
  const order: RawBlock[] = [];
  const visit = (block: RawBlock): void => {
    if (order.includes(block)) return;
    order.push(block);
    for (const { kind, text } of block.operations.at(-1)?.body ?? []) {
      const next = kind === "block" ? byLabel.get(text) : undefined;
      if (next) visit(next);
    }
  };
  visit(blocks[0]!);
  return order;
}
