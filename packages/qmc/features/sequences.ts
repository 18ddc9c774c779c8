import { matrix } from "@daily-kernel/compute";
import {
  DigitalNetAnyBases,
  DigitalNetB2,
  DummySampler,
  discrepancy,
  Faure,
  Halton,
  Hammersley,
  IIDStdUniform,
  KorobovLattice,
  Kronecker,
  LatinHypercube,
  Lattice,
  MPMC,
  type Sequence,
  Sobol,
} from "../src/index.ts";
import { equals, type Family, type Feature, holds } from "./feature.ts";

/** The mean of x y over the first points, which must be near 1/4. */
function averages(sequence: Sequence, n: number): Feature["run"] {
  return () => {
    const { data, replications } = sequence.points({ nMax: n });
    let sum = 0;
    for (let i = 0; i < data.length; i += 2) sum += data[i]! * data[i + 1]!;
    return equals(sum / (n * replications), 0.25, 0.05);
  };
}

const dimension = 2;

/** Periodic L2 discrepancy of the first 32 points. */
const discrepancyOf = (made: Sequence) =>
  discrepancy(matrix(32, dimension, made.points({ nMax: 32 }).data), "L2per");

const sequence = (there: string, here: string, made: Sequence, n = 256): Feature => ({
  there,
  here,
  run: averages(made, n),
});

/** Whether a randomised first point lies elsewhere, and a second call gives the same. */
function randomises(make: (seed: number) => Sequence): Feature["run"] {
  return () => {
    const [first, again, other] = [make(1), make(1), make(2)].map(
      (s) => s.points({ nMax: 8 }).data,
    );
    const same = first!.every((x, i) => x === again![i]);
    return holds(same && first!.some((x, i) => x !== other![i]));
  };
}

export const sequences: Family = {
  family: "sequences",
  features: [
    sequence("IIDStdUniform", "IIDStdUniform", new IIDStdUniform({ dimension }), 65536),
    sequence("Lattice", "Lattice", new Lattice({ dimension })),
    sequence("KorobovLattice", "KorobovLattice", new KorobovLattice({ dimension })),
    sequence("Kronecker (CBC)", 'Kronecker "cbc"', new Kronecker({ dimension })),
    sequence(
      "Kronecker (Richtmyer)",
      'Kronecker "richtmyer"',
      new Kronecker({ dimension, generatingVector: "richtmyer" }),
    ),
    sequence(
      "Kronecker (Suzuki)",
      'Kronecker "suzuki"',
      new Kronecker({ dimension, generatingVector: "suzuki" }),
    ),
    sequence("DigitalNetB2 = NetB2", "DigitalNetB2 = NetB2", new DigitalNetB2({ dimension })),
    sequence("Sobol", "Sobol", new Sobol({ dimension })),
    sequence(
      "higher-order nets (alpha)",
      "DigitalNetB2 { alpha }",
      new DigitalNetB2({ dimension, alpha: 3 }),
    ),
    sequence(
      "DigitalNetAnyBases",
      "DigitalNetAnyBases",
      new DigitalNetAnyBases({
        dimension,
        bases: 3,
        generatingMatrices: [identity(6), pascal(6)],
      }),
      243,
    ),
    sequence("Halton", "Halton", new Halton({ dimension })),
    sequence("Faure", "Faure", new Faure({ dimension })),
    sequence("Hammersley", "Hammersley", new Hammersley({ dimension })),
    sequence("LatinHypercube", "LatinHypercube", new LatinHypercube({ dimension })),
    {
      there: "MPMC",
      here: "MPMC",
      run: async () => {
        const learned = await MPMC.train({ n: 32, dimension, seed: 1 });
        return holds(discrepancyOf(learned) < discrepancyOf(new Sobol({ dimension })));
      },
    },
    {
      there: "DummySampler",
      here: "DummySampler",
      run: () => equals(new DummySampler({ dimension: 5 }).dimension, 5),
    },
    {
      there: "replications",
      here: "{ replications }",
      run: () => {
        const { data } = new Sobol({ dimension, replications: 3 }).points({ nMax: 4 });
        return holds(data.length === 24 && data[0] !== data[8]);
      },
    },
    {
      there: "spawn",
      here: ".spawn(dimensions)",
      run: () => {
        const [a, b] = new Sobol({ dimension }).spawn([3, 4]);
        return holds(a!.dimension === 3 && b!.dimension === 4);
      },
    },
    {
      there: "return_binary",
      here: ".binary(), .digits()",
      run: () => {
        const net = new Sobol({ dimension, bits: 53 });
        const { data } = net.binary({ nMin: 1, nMax: 2 });
        return equals(Number(data[1]!) / 2 ** 53, net.points({ nMin: 1, nMax: 2 }).data[1]!, 0);
      },
    },
  ],
};

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, k) => Array.from({ length: size }, (_, t) => +(k === t)));
}

/** Binomial coefficients modulo 3. */
function pascal(size: number): number[][] {
  const rows = identity(size);
  for (let k = 1; k < size; k++) {
    for (let t = 0; t < size; t++) {
      rows[k]![t] = ((rows[k - 1]![t] ?? 0) + (t > 0 ? rows[k - 1]![t - 1]! : 0)) % 3;
    }
  }
  return rows;
}

export const randomizations: Family = {
  family: "randomizations",
  features: [
    {
      there: "SHIFT",
      here: '"SHIFT"',
      run: randomises((seed) => new Lattice({ dimension, seed })),
    },
    ...(["LMS", "DS", "LMS_DS", "NUS"] as const).map((randomize) => ({
      there: `${randomize.replace("_", " ")} (base 2)`,
      here: `"${randomize}"`,
      run: randomises((seed) => new Sobol({ dimension, seed, randomize })),
    })),
    ...(["LMS", "DS", "DP", "LMS_DS", "LMS_DP", "NUS", "QRNG"] as const).map((randomize) => ({
      there: `${randomize.replace("_", " ")} (Halton)`,
      here: `"${randomize}"`,
      run: randomises((seed) => new Halton({ dimension, seed, randomize })),
    })),
    {
      there: "-",
      here: '"OWEN" (nested scrambling by a hash)',
      run: randomises((seed) => new Sobol({ dimension, seed, randomize: "OWEN" })),
    },
  ],
};
