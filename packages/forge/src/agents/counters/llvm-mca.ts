import type { Counters } from "../attempt.ts";
import type { Instruction } from "./disassembly.ts";

/** One line of the table of resources: a unit and the cycles that an iteration keeps it busy. */
interface Pressure {
  readonly unit: string;
  readonly cycles: number;
}

/** What llvm-mca says of a loop that it ran some times over. */
export interface Simulation {
  readonly iterations: number;
  readonly instructions: number;
  readonly cycles: number;
  readonly instructionsPerCycle: number;
  /** Cycles of an iteration if nothing had to wait for a result: what units and dispatch allow. */
  readonly reciprocalThroughput: number;
  /** Every unit of the processor that the loop uses. */
  readonly pressure: readonly Pressure[];
}

const number = (text: string, label: string): number | undefined => {
  const found = new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** The report of llvm-mca, of versions 11 to 19 at least; null for anything else. */
export function parseSimulation(report: string): Simulation | null {
  const iterations = number(report, "Iterations");
  const instructions = number(report, "Instructions");
  const cycles = number(report, "Total Cycles");
  const instructionsPerCycle = number(report, "IPC");
  const reciprocalThroughput = number(report, "Block RThroughput");
  if (
    !iterations ||
    !instructions ||
    !cycles ||
    instructionsPerCycle === undefined ||
    reciprocalThroughput === undefined
  )
    return null;
  return {
    iterations,
    instructions,
    cycles,
    instructionsPerCycle,
    reciprocalThroughput,
    pressure: pressureOf(report),
  };
}

/** The two lines under "Resource pressure per iteration": numbers of units, and cycles or dashes. */
function pressureOf(report: string): Pressure[] {
  const units = new Map(
    [...report.matchAll(/^\[([\d.]+)\]\s+-\s+(\S+)\s*$/gm)].map(([, key, name]) => [key!, name!]),
  );
  const table = /^Resource pressure per iteration:\s*\n(.*)\n(.*)$/m.exec(report);
  if (!table) return [];
  const keys = [...table[1]!.matchAll(/\[([\d.]+)\]/g)].map(([, key]) => key!);
  const cells = table[2]!.trim().split(/\s+/);
  return keys.flatMap((key, i) => {
    const cycles = Number(cells[i]);
    return cycles > 0 ? [{ unit: units.get(key) ?? key, cycles }] : [];
  });
}

/**
 * A simulation as counters: cycles and instructions a cycle of the loop as it runs from the first-level
 * cache, the cycles that its units would allow (`mcaLoopCycles`) and so the instructions a cycle that it is bound by,
 * the share of its time in which the busiest unit works, and how many times longer than its units need it
 * takes because results are waited for.
 */
export function simulationCounters(simulation: Simulation): Counters {
  const { iterations, instructions, cycles, reciprocalThroughput, pressure } = simulation;
  const each = cycles / iterations;
  const least = Math.max(reciprocalThroughput, ...pressure.map((unit) => unit.cycles), 1e-9);
  return {
    mcaCycles: each,
    mcaInstructionsPerCycle: simulation.instructionsPerCycle,
    mcaLoopCycles: reciprocalThroughput,
    mcaInstructionsPerCycleBound: instructions / iterations / least,
    mcaPortPressure: Math.max(0, ...pressure.map((unit) => unit.cycles)) / each,
    mcaWaiting: each / least,
  };
}

/** Names that objdump prints for prefixes and padding, and what leaves the loop. */
const notSimulated = /^(j|call|ret|nop|data16|cs|ds|notrack|bnd|rep|lock|endbr)/;

/** The loop as text that an assembler reads, without jumps, calls and padding; empty if nothing is left. */
export const assemblyOf = (loop: readonly Instruction[]): string =>
  loop
    .filter(({ name }) => !notSimulated.test(name))
    .map(({ name, operands }) => `${name} ${operands}\n`)
    .join("");
