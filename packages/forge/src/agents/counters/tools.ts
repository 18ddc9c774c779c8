import { runProcess } from "../../backends/native/run-process.ts";

/** A program that counters come from, if it is here; else how to get it. */
export type CounterTool = { readonly tool: string; readonly counters: string } & (
  | { readonly available: true; readonly command: string; readonly version: string }
  | { readonly available: false; readonly reason: string; readonly remedy: string }
);

interface Known {
  readonly tool: string;
  readonly counters: string;
  /** Names under which distributions install it, the usual one first. */
  readonly commands: readonly string[];
  readonly version: RegExp;
  readonly remedy: string;
}

const known = {
  objdump: {
    tool: "objdump",
    counters: "what stands in the hottest loop",
    commands: ["objdump"],
    version: /\d+\.\d[\d.]*/,
    remedy: "apt-get install binutils",
  },
  "llvm-mca": {
    tool: "llvm-mca",
    counters: "cycles, port pressure and waiting of the hottest loop",
    commands: ["llvm-mca", ...[19, 18, 17, 16, 15, 14].map((version) => `llvm-mca-${version}`)],
    version: /LLVM version (\S+)/,
    remedy: "apt-get install llvm-15",
  },
  valgrind: {
    tool: "valgrind",
    counters: "misses of simulated caches",
    commands: ["valgrind"],
    version: /\d+\.\d[\d.]*/,
    remedy: "apt-get install valgrind",
  },
} as const satisfies Record<string, Known>;

export type CounterToolName = keyof typeof known;

const looked = new Map<CounterToolName, Promise<CounterTool>>();

/** Looks for a tool by starting it, once a process. */
export function counterTool(name: CounterToolName): Promise<CounterTool> {
  const found = looked.get(name) ?? look(known[name]);
  looked.set(name, found);
  return found;
}

async function look({ tool, counters, commands, version, remedy }: Known): Promise<CounterTool> {
  for (const command of commands) {
    const { code, output } = await runProcess(command, ["--version"]);
    const told = code === 0 ? version.exec(output) : null;
    if (told) return { tool, counters, available: true, command, version: told[1] ?? told[0] };
  }
  return { tool, counters, available: false, reason: `${tool} is not installed`, remedy };
}

/** All tools that counters come from. */
export const counterTools = (): Promise<CounterTool[]> =>
  Promise.all((Object.keys(known) as CounterToolName[]).map(counterTool));
