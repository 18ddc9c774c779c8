import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { DigitalNetAnyBases } from "./digital-net-any-bases.ts";
import { Halton } from "./halton.ts";

const bases = [2, 3, 5];
const [columns, digits] = [12, 20];

/** The numbers s <- 1103515245 s + 12345 mod 2^31, without their last 8 bits. */
function congruential(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 1103515245n + 12345n) % 2147483648n;
    return Number(state >> 8n);
  };
}

const grid = <T>(rows: number, entry: (t: number, b: number) => T): T[][] =>
  bases.map((b) => Array.from({ length: rows }, (_, t) => entry(t, b)));

const draw = [1, 2, 3].map(congruential) as [() => number, () => number, () => number];
const scrambles = grid(digits, (t, b) =>
  Array.from({ length: columns }, (_, k) => {
    const r = draw[0]();
    return k > t ? 0 : k === t ? 1 + (r % (b - 1)) : r % b;
  }),
);
const shifts = grid(digits, (_, b) => draw[1]() % b);
const permutations = grid(digits, (_, b) => {
  const r = draw[2]();
  return Array.from({ length: 5 }, (_, y) => (y < b ? ((r & 16 ? y : b - 1 - y) + r) % b : 0));
});
const generatingMatrices = grid(columns, (k) =>
  Array.from({ length: columns }, (_, t) => (t === k ? 1 : 0)),
);

const sha = (x: Float64Array) =>
  createHash("sha256")
    .update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength))
    .digest("hex");

// qmctoolscl 1.2.1: gdn_linear_matrix_scramble, gdn_gen_natural, gdn_digital_shift or
// gdn_digital_permutation, then gdn_integer_to_float, with these arrays, for points 700..1699:
// sha256 of the array's bytes.
const expected = {
  none: "e4152423fb94e623a54f369061a4a85903c84947f8bb5bcfd893e25589c5f6f5",
  LMS: "b4b7e942f3ac93296709308fbb7533705d0b851acd59037934fbd556ff67344f",
  DS: "3d281ec251bc2cd547930ea63638c5be56d7f6e750de12452a2a97ba16e9164d",
  DP: "d7d0e7ee484a480e2bec3ed6067a5ddfa34730bd8b813d1196efbd60f8860e10",
  LMS_DS: "afcabb862974dd26a0cacd8de444acef6213944ba365730885fd851dbc5bd1fb",
  LMS_DP: "9d07cc492857064a42ea47cdc88af9823f040e28928659a87836bf2c013b53ee",
};

test("points with given scrambles, shifts and permutations are the engine's to the last bit", () => {
  for (const randomize of ["none", "LMS", "DS", "DP", "LMS_DS", "LMS_DP"] as const) {
    const options = {
      dimension: 3,
      randomize,
      ...(randomize.startsWith("LMS") ? { scrambles } : {}),
      ...(randomize.endsWith("DS") ? { shifts } : {}),
      ...(randomize.endsWith("DP") ? { permutations } : {}),
    };
    const net = new DigitalNetAnyBases({ ...options, bases, generatingMatrices });
    const range = { nMin: 700, nMax: 1700 };
    assert.equal(sha(net.points(range).data), expected[randomize], randomize);
    assert.equal(sha(new Halton(options).points(range).data), expected[randomize], randomize);
  }
});

// The digits of gdn_digital_permutation for point 4000, second coordinate.
test("digits are the engine's", () => {
  const net = new DigitalNetAnyBases({
    dimension: 3,
    bases,
    generatingMatrices,
    randomize: "LMS_DP",
    scrambles,
    permutations,
  });
  const set = net.digits({ nMin: 4000, nMax: 4001 });
  assert.deepEqual([set.n, set.dimension, set.digits, set.replications], [1, 3, 20, 1]);
  assert.deepEqual(
    [...set.data.subarray(20, 40)],
    [0, 1, 2, 0, 0, 2, 1, 1, 1, 2, 0, 1, 0, 1, 0, 2, 1, 1, 1, 1],
  );
});

// qmctoolscl.util.halton_qrng_c(500, 3, 100, True, x, u, [0, 7, 359]), where u are congruential
// numbers from seeds 9, 10, 11 modulo 4096, over 4096; the shift's digits are floor(u prime).
test("generalized Halton points are the engine's to the last bit", () => {
  const shifts = [2, 19, 2423].map((prime, j) => {
    const next = congruential(9 + j);
    return Array.from({ length: 32 }, () => Math.floor(((next() % 4096) / 4096) * prime));
  });
  const halton = new Halton({ dimension: [0, 7, 359], randomize: "QRNG", shifts });
  const { data } = halton.points({ nMin: 100, nMax: 600 });
  assert.deepEqual(
    [...data.subarray(0, 3)],
    [0.5683239528443664, 0.3015588801127205, 0.11165706551678013],
  );
  assert.equal(sha(data), "76fd05d9a5427e714c09283522fe70e6304aba2f948a5dfb3f2b0289c72d0ba4");
});
