import type { Target } from "../targets.ts";
import { stage } from "./lower.ts";

type Values = Partial<Record<Target, number>>;

/** The lines of each function of an assembly text, by name. */
export function functionsOf(assembly: string): Map<string, string[]> {
  const functions = new Map<string, string[]>();
  let lines: string[] | undefined;
  for (const line of assembly.split("\n")) {
    const begin = /^([\w.$-]+):\s+[#;] @/.exec(line);
    if (begin) {
      lines = [];
      functions.set(begin[1]!, lines);
    } else if (/^\.Lfunc_end/.test(line)) {
      lines = undefined;
    } else lines?.push(line);
  }
  return functions;
}

/** An instruction begins with a tab and a mnemonic; directives begin with a dot. */
const isInstruction = (line: string): boolean => /^\t[a-z]/.test(line);

function countX86(lines: readonly string[]): Values {
  const instructions = lines.filter(isInstruction);
  const registers = new Set<string>();
  let spills = 0;
  for (const line of instructions) {
    for (const [, register] of line.matchAll(/%[xyz]mm(\d+)/g)) registers.add(register!);
    if (/# \d+-byte (Folded )?(Spill|Reload)/.test(line)) spills++;
  }
  return { instructions: instructions.length, spills, vectorRegisters: registers.size };
}

/** Optimised x86 assembly for `cpu`. */
export async function assembleX86(ir: string, cpu: string, signal?: AbortSignal): Promise<string> {
  const machine = ["-O3", "-mtriple=x86_64-unknown-linux-gnu", `-mcpu=${cpu}`];
  const optimised = await stage("opt", "opt", [...machine, "-S"], ir, signal);
  return stage("llc", "llc", machine, optimised, signal);
}

/** The static counts of every function. */
export const readX86 = (assembly: string): Map<string, Values> =>
  new Map([...functionsOf(assembly)].map(([name, lines]) => [name, countX86(lines)]));

interface Region {
  Name: string;
  SummaryView: { BlockRThroughput: number; TotalCycles: number };
}

/** llvm-mca over every function's text, each once. */
export async function analyse(
  assembly: string,
  cpu: string,
  signal?: AbortSignal,
): Promise<Map<string, Values>> {
  const text: string[] = [];
  for (const [name, lines] of functionsOf(assembly)) {
    text.push(`# LLVM-MCA-BEGIN ${name}`, ...lines.filter(isInstruction), `# LLVM-MCA-END ${name}`);
  }
  const args = [`-mcpu=${cpu}`, "-mtriple=x86_64-unknown-linux-gnu", "-iterations=1", "--json"];
  const out = await stage("llvm-mca", "llvm-mca", args, `${text.join("\n")}\n`, signal);
  const { CodeRegions } = JSON.parse(out) as { CodeRegions: Region[] };
  return new Map(
    CodeRegions.map(({ Name, SummaryView }) => [
      Name,
      {
        blockCycles: SummaryView.TotalCycles,
        reciprocalThroughput: SummaryView.BlockRThroughput,
      },
    ]),
  );
}
