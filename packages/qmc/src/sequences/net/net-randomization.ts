import { domainError, type Rng, shapeError } from "@daily-kernel/compute";
import { componentRng } from "../component-rng.ts";
import { refuseUnused } from "../sequence-options.ts";
import { bitLength, readIntegers } from "./integers.ts";
import { interlaceMatrix } from "./interlace.ts";
import { drawScramble, linearScramble, readScrambles } from "./linear-scramble.ts";
import { leadingMask, type NetMatrix } from "./net-matrix.ts";
import type { DigitalNetB2Options, NetOptions } from "./net-options.ts";
import { type NetPlan, planesOf } from "./net-plan.ts";

/** Given shifts as fractions, `[replication][coordinate]`, low words before high ones. */
function readShifts(
  where: string,
  given: unknown,
  [replications, dimension, bits]: readonly [number, number, number],
): Uint32Array<ArrayBuffer> {
  const { shape, values } = readIntegers(where, "digitalShifts", given, 2);
  if (shape[0] !== replications || shape[1] !== dimension) {
    throw shapeError(
      `${where}: digitalShifts must be ${replications} x ${dimension} (replications x dimension), got ${shape.join(" x ")}`,
    );
  }
  if (bitLength(values) > bits) {
    throw domainError(
      `${where}: digitalShifts must have at most ${bits} bits, got ${bitLength(values)}`,
    );
  }
  const shifts = BigUint64Array.from(values, (value) => value << BigInt(64 - bits));
  return new Uint32Array(shifts.buffer);
}

/** The generator called `name` of component p of a replication, p running through all alpha d. */
type Streams = (p: number, name: string) => Rng;

function streamsOf({ seed, components, alpha }: NetOptions, replication: number): Streams {
  const known: Rng[] = [];
  return (p, name) => {
    const component = alpha * components[Math.floor(p / alpha)]! + (p % alpha);
    known[p] ??= componentRng(seed, replication, component);
    return known[p].spawn(name);
  };
}

/** A random fraction of `bits` digits for each of d coordinates. */
function drawShift(streams: Streams, d: number, alpha: number, bits: number): NetPlan["shift"] {
  const shift = new Uint32Array(2 * d);
  const [low, high] = leadingMask(bits);
  for (let j = 0; j < d; j++) {
    const stream = streams(alpha * j, "shift");
    shift[2 * j] = stream.uint32() & low;
    shift[2 * j + 1] = stream.uint32() & high;
  }
  return shift;
}

/** Keys for `width` components, `size` words each. */
function drawKeys(streams: Streams, name: string, width: number, size: number): NetPlan["shift"] {
  const keys = new Uint32Array(size * width);
  for (let p = 0; p < width; p++) {
    streams(p, name).fillUint32(keys.subarray(size * p, size * (p + 1)));
  }
  return keys;
}

/** The plans of all replications, randomised. */
export function netPlans(
  where: string,
  options: NetOptions,
  given: DigitalNetB2Options,
): NetPlan[] {
  const { components, replications, seed, randomize, order, alpha, bits, matrices } = options;
  componentRng(seed, 0, 0); // refuses a bad seed
  refuseUnused(where, "scrambleMatrices", given.scrambleMatrices, randomize, ["LMS", "LMS_DS"]);
  refuseUnused(where, "digitalShifts", given.digitalShifts, randomize, ["DS", "LMS_DS"]);
  const d = components.length;
  const { digits, columns } = matrices[0]!;
  const scrambles =
    given.scrambleMatrices &&
    readScrambles(where, given.scrambleMatrices, [replications, alpha * d, bits, digits]);
  const out = randomize === "none" ? Math.min(alpha * digits, bits) : bits;
  const shifts =
    given.digitalShifts && readShifts(where, given.digitalShifts, [replications, d, out]);
  const gray = order === "gray";

  if (randomize === "NUS" || randomize === "OWEN") {
    // These scramble points of all components, and interlacing comes after.
    const [kind, size] = randomize === "NUS" ? (["tree", 2] as const) : (["hash", 16] as const);
    const planes = matrices.map((matrix) => planesOf(matrix, gray));
    const width = alpha * d;
    return Array.from({ length: replications }, (_, r) => ({
      ...{ components: width, columns, digits, bits, alpha },
      planes: planes[r % planes.length]!,
      shift: new Uint32Array(2 * width),
      scramble: { kind, keys: drawKeys(streamsOf(options, r), kind, width, size) },
    }));
  }

  const finish = (matrix: NetMatrix) => {
    const most = Math.min(alpha * matrix.digits, bits);
    const net = alpha === 1 ? matrix : interlaceMatrix(matrix, alpha, most);
    return { planes: planesOf(net, gray), digits: net.digits };
  };
  const scrambled = randomize.startsWith("LMS");
  const fixed = scrambled ? [] : matrices.map(finish);
  return Array.from({ length: replications }, (_, r) => {
    const streams = streamsOf(options, r);
    const scramble = () => {
      const own = Array.from(
        { length: alpha * d },
        (_, p) => scrambles?.[r]?.[p] ?? drawScramble(streams(p, "matrix"), digits),
      );
      return finish(linearScramble(matrices[r % matrices.length]!, own, bits));
    };
    const { planes, digits: used } = fixed[r % matrices.length] ?? scramble();
    const shift = !randomize.endsWith("DS")
      ? new Uint32Array(2 * d)
      : (shifts?.slice(2 * d * r, 2 * d * (r + 1)) ?? drawShift(streams, d, alpha, out));
    return { components: d, columns, digits: used, bits: out, alpha: 1, planes, shift };
  });
}
