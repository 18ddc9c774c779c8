import { readFileSync } from "node:fs";
import { type BesselKernel, logBesselI, logBesselK } from "@daily-kernel/special";
import { PythonPeer } from "../peers/python-peer.ts";
import { type Contender, local } from "../peers/side-by-side.ts";
import { ensureVenv } from "../peers/venv.ts";
import { draw, POINTS, REGIONS } from "./inputs.ts";
import { NATIVE, NativePeer } from "./native.ts";

/** One peer in one region: least of the rounds, in nanoseconds an evaluation, on one thread. */
interface Row {
  region: string;
  function: "I" | "K";
  ours: number;
  peer: string;
  theirs: number;
  /** Peer time / our time: of the least times, and the quartiles of the rounds. */
  ratio: [least: number, low: number, high: number];
  /** Of the points that the peer evaluated. */
  points: number;
  notFinite: number;
  /** Largest |ours - theirs| / max(1, |ours|) where theirs is finite. */
  difference: number;
}

export interface Measured {
  rows: Row[];
  missing: { peer: string; why: string }[];
  versions: Record<string, string>;
}

interface Peer {
  name: string;
  /** How many points it is compared on, and timed on. */
  points: number;
  timed: number;
  contender(region: string, op: "I" | "K"): Contender;
}

const ROUNDS = 15;
/**
 * Peers are timed on the first 1000 points: all of them would take up to a second, in which a shared
 * machine interrupts. The native ones (60 us a point at worst) are compared on these only.
 */
const TIMED = 1000;

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(q * (sorted.length - 1))]!;
}

async function compare(region: string, op: "I" | "K", ours: Contender, peer: Peer): Promise<Row> {
  const theirs = peer.contender(region, op);
  const mine = (await ours.run(true)).result!;
  const answer = (await theirs.run(true)).result!;
  let notFinite = 0;
  let difference = 0;
  for (let i = 0; i < peer.points; i++) {
    const error = Math.abs(mine[i]! - answer[i]!) / Math.max(1, Math.abs(mine[i]!));
    if (!Number.isFinite(answer[i]!)) notFinite++;
    else difference = Math.max(difference, error);
  }
  const times: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const t = ((await theirs.run(false)).seconds / peer.timed) * 1e9;
    times.push([((await ours.run(false)).seconds / POINTS) * 1e9, t]);
  }
  // Other work on the machine only ever adds: the least time is what the code needs.
  const least = [0, 1].map((side) => Math.min(...times.map((pair) => pair[side]!)));
  const ratios = times.map(([a, b]) => b / a);
  return {
    region,
    function: op,
    ours: least[0]!,
    peer: peer.name,
    theirs: least[1]!,
    ratio: [least[1]! / least[0]!, quantile(ratios, 0.25), quantile(ratios, 0.75)],
    points: peer.points,
    notFinite,
    difference,
  };
}

const OURS: Record<"I" | "K", BesselKernel> = { I: logBesselI, K: logBesselK };

/** Runs everything: ours (array form, one thread) and each peer in turns, on the same points. */
export async function measure(): Promise<Measured> {
  const points = REGIONS.map((region) => ({ name: region.name, ...draw(region) }));
  const inputs: Record<string, Float64Array> = {};
  for (const { name, v, x } of points)
    Object.assign(inputs, { [`${name}-v`]: v, [`${name}-x`]: x });
  const peers: Peer[] = [];
  const missing: Measured["missing"] = [];
  const versions: Measured["versions"] = {};
  const closing: (() => unknown)[] = [];
  const venv = ensureVenv(["numpy", "scipy"]);
  if ("missing" in venv) missing.push({ peer: "SciPy", why: venv.missing });
  else {
    const script = readFileSync(new URL("scipy.py", import.meta.url), "utf8");
    const scipy = new PythonPeer(venv.python, script);
    closing.push(() => scipy.close());
    for (const [name, data] of Object.entries(inputs)) scipy.give(name, data);
    versions.SciPy = [...(await scipy.ask({ op: "version", keep: true })).result!].join(".");
    peers.push({
      name: "SciPy",
      points: POINTS,
      timed: TIMED,
      contender: (region, op) => ({
        name: "SciPy",
        run: (keep) => scipy.ask({ op, region, keep, count: keep ? POINTS : TIMED }),
      }),
    });
  }
  for (const library of NATIVE) {
    const peer = await NativePeer.start(library, TIMED, inputs);
    if ("missing" in peer) {
      missing.push({ peer: library.name, why: peer.missing });
      continue;
    }
    closing.push(() => peer.close());
    versions[library.name] = peer.version;
    peers.push({
      name: library.name,
      points: TIMED,
      timed: TIMED,
      contender: (region, op) => ({
        name: library.name,
        run: (keep) => peer.ask(region, op, keep),
      }),
    });
  }
  const scalar = new Float64Array(POINTS);
  const rows: Row[] = [];
  try {
    for (const { name, v, x } of points) {
      for (const op of ["I", "K"] as const) {
        process.stderr.write(`${name} ${op}\n`);
        const f = OURS[op];
        const loop = local("our scalar function", () => {
          for (let i = 0; i < POINTS; i++) scalar[i] = f(v[i]!, x[i]!);
          return scalar;
        });
        const self = { name: loop.name, points: POINTS, timed: POINTS, contender: () => loop };
        const ours = local("ours", () => f(v, x));
        for (const peer of [self, ...peers]) rows.push(await compare(name, op, ours, peer));
      }
    }
  } finally {
    for (const close of closing) await close();
  }
  return { rows, missing, versions };
}
