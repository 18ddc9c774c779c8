import { Rng } from "@daily-kernel/compute";
import { fftbr, fwht } from "@daily-kernel/kernels";
import { ours, type Peers, type Row, remote } from "./rows.ts";

const TARGETS = { engine: 3 };

/** Element i of the result is that whose index has the bits of i reversed. */
function bitReversed(y: Float64Array): Float64Array {
  const bits = Math.log2(y.length);
  const result = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    let reversed = 0;
    for (let k = 0; k < bits; k++) reversed = 2 * reversed + ((i >> k) & 1);
    result[i] = y[reversed]!;
  }
  return result;
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}

/** The two fast transforms, of complex numbers for the Fourier one, into arrays that are there. */
export function* transformRows({ qmcpy }: Peers): Generator<Row> {
  for (const m of [10, 16, 20]) {
    const n = 2 ** m;
    const times = Math.max(1, 2 ** (16 - m));
    const rng = new Rng(1);
    const [re, im] = [0, 1].map(() => rng.fillNormal(new Float64Array(n))) as [
      Float64Array,
      Float64Array,
    ];
    const give = (name: string, data: Float64Array) => {
      qmcpy?.give(`${name}${m}`, data);
      return `${name}${m}`;
    };
    const y = { re, im };
    const given = { y: give("y", re), im: give("im", im) };
    const natural = {
      y: give("natural-y", bitReversed(re)),
      im: give("natural-im", bitReversed(im)),
    };
    const real = new Float64Array(n);
    const complex = { re: new Float64Array(n), im: new Float64Array(n) };
    const gflop = (flops: number) => ({
      floor: `${((flops * m * n) / 1e9).toPrecision(2)} GFLOP`,
      rate: { amount: (flops * m * n) / 1e9, unit: "GFLOP/s" },
    });
    yield {
      operation: `FWHT, n = 2^${m}`,
      ...gflop(1),
      ours: ours("ours", () => fwht(re, { out: real }), times),
      peers: [
        ...remote(qmcpy, "engine", { op: "fwht engine", ...given }),
        ...remote(qmcpy, "QMCPy", { op: "fwht class", ...given }),
      ],
      tolerance: 1e-12,
      targets: m === 20 ? TARGETS : {},
      rounds: 5,
    };
    const transform = () => fftbr(y, { out: complex });
    const timed = ours("ours", transform, times);
    yield {
      operation: `FFTBR, n = 2^${m}`,
      ...gflop(5),
      ours: {
        name: "ours",
        run: async (keep) => {
          if (!keep) return timed.run(false);
          transform();
          return { seconds: 0, result: joined(complex.re, complex.im) };
        },
      },
      peers: [
        ...remote(qmcpy, "engine", { op: "fftbr engine", ...given }),
        ...remote(qmcpy, "QMCPy", { op: "fftbr class", ...given }),
        ...remote(qmcpy, "SciPy fft, in natural order", { op: "SciPy fft", ...natural }),
      ],
      tolerance: 1e-12,
      targets: m === 20 ? TARGETS : {},
      rounds: 5,
    };
  }
}
