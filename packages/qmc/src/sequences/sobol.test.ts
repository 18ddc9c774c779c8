import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { joeKuo } from "./net/joe-kuo.ts";
import { primitivePolynomials } from "./net/primitive-polynomials.ts";
import { Sobol } from "./sobol.ts";

test("there are phi(2^s - 1) / s primitive polynomials of degree s", () => {
  const counts = [1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630, 756, 1800, 2048];
  assert.deepEqual(
    counts.map((_, i) => primitivePolynomials(i + 1).length),
    counts,
  );
  assert.deepEqual(primitivePolynomials(4), [0b10011, 0b11001]);
  assert.deepEqual(primitivePolynomials(5), [37, 41, 47, 55, 59, 61]);
});

test("the first points are Sobol's", () => {
  const { data } = new Sobol({ dimension: 3, randomize: "none" }).points({ nMax: 8 });
  const eighths = [0, 0, 0, 4, 4, 4, 2, 6, 6, 6, 2, 2, 1, 5, 3, 5, 1, 7, 3, 3, 5, 7, 7, 1];
  assert.deepEqual(
    [...data],
    eighths.map((x) => x / 8),
  );
});

// Columns of joe_kuo.6.21201.npy of QMCPy 2.4, added up over GF(2) for the bits of the index.
const COMPONENTS = [0, 1, 2, 10, 100, 5000, 21200];
const POINTS: [number, number[]][] = [
  [3, [3221225472, 1073741824, 1073741824, 3221225472, 1073741824, 3221225472, 3221225472]],
  [12345, [2618032128, 1883504640, 3841196032, 1935409152, 910426112, 3803447296, 661913600]],
  [2147483653, [2684354561, 3758096383, 620778837, 2714765869, 3376578439, 1394783369, 3109444829]],
];

test("points of the first and the last component are QMCPy's", () => {
  const sobol = new Sobol({ dimension: COMPONENTS, randomize: "none" });
  for (const [i, expected] of POINTS) {
    const { data, bits } = sobol.binary({ nMin: i, nMax: i + 1 });
    assert.equal(bits, 32);
    assert.deepEqual(Array.from(data, Number), expected);
  }
});

test("all columns of all 21201 components are QMCPy's", () => {
  const all = Array.from({ length: 21201 }, (_, i) => i);
  const high = joeKuo(all, 32, 32).words.filter((_, i) => i % 2 === 1);
  // sha256sum of joe_kuo.6.21201.npy's data as 32-bit integers:
  // hashlib.sha256(np.load(...).astype("<u4").tobytes()).hexdigest()
  const hash = createHash("sha256").update(new Uint8Array(high.buffer)).digest("hex");
  assert.equal(hash, "f432ddb0a7fabad425cae6805a073c492ce2efa931e943785f4a53a993bd433d");
});

test("more columns give the same points and further ones", () => {
  const short = new Sobol({ dimension: 50, randomize: "none" });
  const long = new Sobol({ dimension: 50, randomize: "none", columns: 53 });
  assert.deepEqual(long.points({ nMax: 1024 }), short.points({ nMax: 1024 }));
  assert.equal(long.points({ nMin: 2 ** 52, nMax: 2 ** 52 + 1 }).data[0], 2 ** -53);
  assert.throws(() => short.points({ nMin: 2 ** 32, nMax: 2 ** 33 }), { code: "ERR_DOMAIN" });
});

test("21201 dimensions, scrambled", () => {
  const { data } = new Sobol({ dimension: 21201, seed: 3 }).points({ nMax: 32 });
  for (const j of [0, 77, 21200]) {
    const strata = Array.from({ length: 32 }, (_, i) => Math.floor(32 * data[21201 * i + j]!));
    assert.deepEqual(
      strata.sort((a, b) => a - b),
      Array.from({ length: 32 }, (_, i) => i),
    );
  }
});
