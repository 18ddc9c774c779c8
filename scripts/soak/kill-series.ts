import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

/** How one life of the process went. */
export interface Life {
  readonly number: number;
  readonly killed: boolean;
  /** Whether it came as far as having opened the database. */
  readonly opened: boolean;
  /** The lines that it wrote, before its end. */
  readonly lines: readonly string[];
}

export interface KillSeries {
  /** How many times it is killed before it is let live. */
  readonly kills: number;
  /** The program and arguments of a life. */
  readonly command: (life: number) => readonly string[];
  /** A kill comes at a random moment of so many milliseconds after the database is open. */
  readonly window: number;
  /** What happened, after each life; a life that ended by itself before its kill has done all. */
  readonly onLife: (life: Life) => void;
}

/** Every so many lives one is killed while it still opens the database. */
const earlyEvery = 5;

/**
 * Starts a process again and again and kills it (SIGKILL) at random moments, then lets one live to
 * its end. The process writes the line `opened` once it has the database.
 * @throws Error if a life ends with an error of its own.
 */
export async function killSeries({ kills, command, window, onLife }: KillSeries): Promise<void> {
  let killed = 0;
  let opening = 1000;
  for (let number = 1; ; number++) {
    const last = killed === kills;
    const started = performance.now();
    const child = spawn(process.execPath, [...command(number)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: string[] = [];
    const open = Promise.withResolvers<void>();
    let opened = false;
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line !== "opened") return;
      opened = true;
      opening = performance.now() - started;
      open.resolve();
    });
    const ended = endOf(child);
    const strike = async () => {
      if (last) return new Promise<void>(() => {});
      if (number % earlyEvery === 0) await pause(randomInt(Math.ceil(opening)));
      else {
        await open.promise;
        await pause(randomInt(window));
      }
      child.kill("SIGKILL");
    };
    void strike();
    const end = await ended;
    const wasKilled = end === "SIGKILL";
    if (!wasKilled && end !== 0) throw new Error(`life ${number} ended with ${end}`);
    if (wasKilled) killed++;
    onLife({ number, killed: wasKilled, opened, lines });
    if (last) return;
  }
}

const endOf = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(signal ?? code ?? 0));
  });
