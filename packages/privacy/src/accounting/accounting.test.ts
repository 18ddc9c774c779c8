import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import { noNoise, PrivacyAccountant, type PrivacyOptions, PrivateL1 } from "../index.ts";
import { auditEpsilon } from "./audit.ts";

test("expenses add up; a budget that does not suffice enters nothing", () => {
  const accountant = new PrivacyAccountant({ epsilon: 1, adjacency: "add-remove" });
  for (let i = 0; i < 10; i++) accountant.spend(`query ${i}`, 0.1);
  assert.ok(Math.abs(accountant.spent - 1) < 1e-12);
  assert.throws(() => accountant.spend("one more", 1e-3), {
    code: "ERR_DOMAIN",
    message: /one more needs epsilon 0\.001/,
  });
  assert.equal(accountant.ledger.length, 10);
});

test("disjoint parts cost their maximum, or the two largest where a record can change its part", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1 }),
      (parts) => {
        const spentOf = (adjacency: "add-remove" | "substitute") => {
          const accountant = new PrivacyAccountant({ epsilon: 9, adjacency });
          accountant.spendParallel("classes", parts);
          return accountant.spent;
        };
        const sorted = parts.toSorted((a, b) => b - a);
        assert.equal(spentOf("add-remove"), sorted[0]);
        assert.equal(spentOf("substitute"), sorted[0]! + (sorted[1] ?? 0));
      },
    ),
  );
});

test("a structure charges the accountant before it looks, and refuses another adjacency", async () => {
  const accountant = new PrivacyAccountant({ epsilon: 1, adjacency: "substitute" });
  const options = { dimension: 1, range: [0, 1], epsilon: 0.7, accountant } as const;
  const structure = new PrivateL1({ ...options, adjacency: "substitute" });
  await structure.fit(matrix(1, 1, [0.5]));
  assert.deepEqual(accountant.ledger, [{ what: "PrivateL1", epsilon: 0.7 }]);
  await assert.rejects(structure.fit(matrix(1, 1, [0.5])), { code: "ERR_DOMAIN" });
  assert.throws(() => new PrivateL1({ ...options, adjacency: "add-remove" }), {
    code: "ERR_DOMAIN",
  });
});

/** An audit of one count in trees of two levels, whose options a wrong structure changes. */
async function auditCounts(
  change: (options: PrivacyOptions) => PrivacyOptions,
  adjacency: "add-remove" | "substitute",
  seed: number,
) {
  const shape = { dimension: 1, range: [0, 1], levels: 2 } as const;
  const declared = { epsilon: 1, adjacency };
  const neighbours = [
    matrix(1, 1, [0]),
    adjacency === "substitute" ? matrix(1, 1, [1]) : matrix(0, 1),
  ];
  const counts = async (options: PrivacyOptions, k: number) =>
    (await new PrivateL1({ ...options, ...shape }).fit(neighbours[k]!)).toJSON().counts;
  const bare = { ...declared, noise: noNoise };
  const [a, b] = [await counts(bare, 0), await counts(bare, 1)];
  const options = change({ ...declared, unsafeRng: new Rng(seed, adjacency) });
  const run = (k: number) => async () => {
    const z = await counts(options, k);
    return z.reduce((sum, v, i) => sum + Math.abs(v - b[i]!) - Math.abs(v - a[i]!), 0);
  };
  return auditEpsilon(run(0), run(1), { trials: 8000 });
}

for (const seed of [4, 55, 1_000_003]) {
  test(`seed ${seed}: what is declared is kept on worst-case neighbours; half the noise is caught`, async () => {
    for (const adjacency of ["add-remove", "substitute"] as const) {
      const { epsilon, estimate } = await auditCounts((options) => options, adjacency, seed);
      assert.ok(epsilon <= 1, `${adjacency}: ${epsilon}`);
      assert.ok(estimate > 0.3, `the auditor sees something: ${estimate}`);
    }
    const half = await auditCounts((o) => ({ ...o, epsilon: 2 * o.epsilon }), "add-remove", seed);
    assert.ok(half.epsilon > 1, `half the noise: ${half.epsilon}`);
    const wrong = await auditCounts((o) => ({ ...o, epsilon: 3 * o.epsilon }), "substitute", seed);
    assert.ok(wrong.epsilon > 1, `a third of the noise: ${wrong.epsilon}`);
  });
}

test("an audit of a mechanism of known loss finds most of it, and no more", async () => {
  const rng = new Rng(12);
  // Randomised response: the truth with probability e / (1 + e) has loss 1 exactly.
  const respond = (bit: number) => () => (rng.uniform() < Math.E / (1 + Math.E) ? bit : 1 - bit);
  const { epsilon, estimate } = await auditEpsilon(respond(0), respond(1), { trials: 40_000 });
  assert.ok(epsilon > 0.85 && epsilon <= 1, `${epsilon}`);
  assert.ok(Math.abs(estimate - 1) < 0.08);
  const same = await auditEpsilon(respond(1), respond(1), { trials: 4000 });
  assert.ok(same.epsilon < 0.05);
});

test("bad input is refused at the door", async () => {
  const accountant = () => new PrivacyAccountant({ epsilon: 0, adjacency: "add-remove" });
  assert.throws(accountant, { code: "ERR_DOMAIN" });
  const budget = { epsilon: 1, adjacency: "nearby" } as never;
  assert.throws(() => new PrivacyAccountant(budget), { code: "ERR_TYPE" });
  await assert.rejects(
    auditEpsilon(() => 1, null as never),
    { code: "ERR_TYPE" },
  );
  await assert.rejects(
    auditEpsilon(
      () => 1,
      () => 1,
      { trials: 3 },
    ),
    { code: "ERR_DOMAIN" },
  );
  await assert.rejects(
    auditEpsilon(
      () => Number.NaN,
      () => 1,
    ),
    { code: "ERR_DOMAIN" },
  );
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(
    auditEpsilon(
      () => 1,
      () => 1,
      { signal },
    ),
    /enough/,
  );
});
