/** One instruction of x86-64 in AT&T syntax. */
export interface Instruction {
  readonly address: number;
  readonly name: string;
  readonly operands: string;
}

/** A straight range of instructions that jumps back to its beginning and holds no such range inside. */
export type Loop = readonly Instruction[];

const line = /^\s*([0-9a-f]+):\t(\S+)(?:\s+([^#<]*))?/;
const label = /^[0-9a-f]+ <([^>]+)>:$/;
/** What the linker adds to every shared object. */
const boilerplate =
  /^(_init|_fini|deregister_tm_clones|register_tm_clones|__do_global_dtors_aux|frame_dummy|.*@plt.*)$/;

/** The instructions of the code that was compiled, out of what `objdump -d --no-show-raw-insn` prints. */
export function parseDisassembly(text: string): Instruction[] {
  const found: Instruction[] = [];
  let ours = false;
  for (const row of text.split("\n")) {
    const name = label.exec(row)?.[1];
    if (name !== undefined) ours = !boilerplate.test(name);
    const parts = ours ? line.exec(row) : null;
    if (!parts) continue;
    const called = /<([^>]+)>/.exec(row)?.[1] ?? "";
    found.push({
      address: Number.parseInt(parts[1]!, 16),
      name: parts[2]!,
      operands: parts[2] === "call" ? called : (parts[3] ?? "").trim(),
    });
  }
  return found;
}

/** All innermost loops. */
export function innermostLoops(code: readonly Instruction[]): Loop[] {
  const at = new Map(code.map(({ address }, i) => [address, i]));
  const ranges: (readonly [number, number])[] = [];
  for (const [i, { name, operands }] of code.entries()) {
    if (!name.startsWith("j")) continue;
    const target = at.get(Number.parseInt(operands, 16));
    if (target !== undefined && target <= i) ranges.push([target, i]);
  }
  const inner = ranges.filter(
    ([from, to]) => !ranges.some(([a, b]) => (a !== from || b !== to) && a >= from && b <= to),
  );
  return inner.map(([from, to]) => code.slice(from, to + 1));
}

const arithmetic = /^v?(add|sub|mul|div|max|min|sqrt|fn?m(?:add|sub)\d{3})(ps|pd|ss|sd)$/;
const register = { z: 512, y: 256, x: 128 } as const;

/** Bits of the widest vector register that an instruction names. */
const bitsOf = ({ operands }: Instruction): number => {
  const found = [...operands.matchAll(/%([xyz])mm/g)].map(([, kind]) => register[kind as "x"]);
  return Math.max(0, ...found);
};

const isPacked = (name: string) => name.endsWith("ps") || name.endsWith("pd");
const isFused = (name: string) => /fn?m(add|sub)/.test(name);

/** Floating-point operations of one instruction: lanes, twice where fused. */
function flopsOf(instruction: Instruction): number {
  const { name } = instruction;
  if (!arithmetic.test(name)) return 0;
  const lanes = isPacked(name) ? bitsOf(instruction) / (name.endsWith("d") ? 64 : 32) : 1;
  return lanes * (isFused(name) ? 2 : 1);
}

/**
 * The innermost loop with the most arithmetic, or, without any, the longest one. Packed arithmetic
 * counts sixteen times: scalar tails are unrolled far and run seldom.
 */
export function hottestLoop(loops: readonly Loop[]): Loop {
  const weigh = (i: Instruction) => (isPacked(i.name) ? 16 : 1) * flopsOf(i);
  const weight = (loop: Loop) => loop.reduce((sum, i) => sum + weigh(i), 0) + loop.length / 1e6;
  return loops.reduce<Loop>((best, loop) => (weight(loop) > weight(best) ? loop : best), []);
}

const isStack = (operands: string) => /\((%rsp|%rbp)\)/.test(operands);
const isVectorMove = (name: string) => /^v?mov(aps|ups|apd|upd|dqa|dqu|ss|sd)/.test(name);

/**
 * What can be counted in a disassembly without running it: of the hottest loop its instructions,
 * flops, vector width, packed and fused shares, operations a load, spills, pointers that advance by
 * a register; of all innermost loops their library calls; of all the code its bytes.
 */
export function countInstructions(text: string) {
  const code = parseDisassembly(text);
  const loops = innermostLoops(code);
  const hot = hottestLoop(loops);
  const math = hot.filter(({ name }) => arithmetic.test(name));
  const packed = math.filter(({ name }) => isPacked(name));
  // A source in memory stands before the last comma, a target after it.
  const loads = hot.filter(
    (i) => bitsOf(i) > 0 && /\)(\{1to\d+\})?,/.test(i.operands) && !isStack(i.operands),
  );
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const addresses = code.map(({ address }) => address);
  return {
    loopInstructions: hot.length,
    loopFlops: hot.reduce((sum, i) => sum + flopsOf(i), 0),
    vectorBits: packed.length > 0 ? Math.max(...packed.map(bitsOf)) : 32,
    packedShare: share(packed.length, math.length),
    fusedShare: share(math.filter(({ name }) => isFused(name)).length, math.length),
    flopsPerLoad: share(math.length, Math.max(1, loads.length)),
    spills: hot.filter(({ name, operands }) => isVectorMove(name) && isStack(operands)).length,
    stridedPointers: hot.filter(
      ({ name, operands }) => name === "add" && /^%r\w+,%r\w+$/.test(operands),
    ).length,
    libraryCalls: loops
      .flat()
      .filter(({ name, operands }) => name.startsWith("call") && operands.endsWith("@plt")).length,
    streamedStores: code.filter(({ name }) => /^v?movnt/.test(name)).length,
    prefetches: hot.filter(({ name }) => name.startsWith("prefetch")).length,
    loops: loops.length,
    codeBytes: addresses.length > 0 ? addresses.at(-1)! - addresses[0]! : 0,
  };
}
