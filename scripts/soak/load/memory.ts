import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { Client } from "../site/client.ts";

/** A process's memory at a moment, in MB (10^6 bytes). */
export interface Sample {
  /** Minutes since the load began. */
  readonly at: number;
  readonly resident: number;
  /** The main thread's JavaScript heap in use, and what it has outside the heap; null unless asked. */
  readonly heap: number | null;
  readonly external: number | null;
}

/** A process's resident memory, in MB. */
async function residentMemory(pid: number): Promise<number> {
  if (process.platform === "linux") {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return (Number(/^VmRSS:\s*(\d+) kB/m.exec(status)![1]) * 1024) / 1e6;
  }
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", `${pid}`]);
  return (Number(stdout) * 1024) / 1e6;
}

/** Samples a process every so many seconds, until the signal. `client` asks for its own figures. */
export async function watchMemory(
  { pid, client }: { pid: number; client: Client | null },
  { every, signal }: { every: number; signal: AbortSignal },
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const start = performance.now();
  for (let n = 0; !signal.aborted; n++) {
    const left = start + n * every * 1000 - performance.now();
    await pause(Math.max(0, left), null, { signal }).catch(() => {});
    if (signal.aborted) break;
    const at = (performance.now() - start) / 60_000;
    const [heap, external] = client ? await ownFigures(client) : [null, null];
    samples.push({ at, resident: await residentMemory(pid), heap, external });
  }
  return samples;
}

async function ownFigures(client: Client): Promise<[number | null, number | null]> {
  // A server that is too busy to tell is one that the load itself will complain about.
  const body = await client.ask({ path: "/metrics" }).then(
    (reply) => reply.body,
    () => "",
  );
  const read = (name: string) => {
    const found = new RegExp(`^${name} (\\S+)$`, "m").exec(body);
    return found ? Number(found[1]) / 1e6 : null;
  };
  return [read("nodejs_heap_size_used_bytes"), read("nodejs_external_memory_bytes")];
}

/** The slope of a line through points, by least squares; 0 for fewer than two. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (pick: 0 | 1) => points.reduce((sum, p) => sum + p[pick], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const over = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const under = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
