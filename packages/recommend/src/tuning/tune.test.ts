import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { chosenRatings } from "../fixture.ts";
import { fitMatrixFactorization } from "../model/fit.ts";
import { naiveBayesPropensity } from "../propensity/naive-bayes.ts";
import { searchSettings } from "./settings.ts";
import { tune } from "./tune.ts";

const { observed, randomised, share } = chosenRatings(60, 50, new Rng(3));
const inverse = naiveBayesPropensity(observed, randomised).map((p) => 1 / p);
/** A constant chance for every cell. */
const constant = async (_: unknown, chance: number) => ({
  predictCells: (user: ArrayLike<number>) => new Float64Array(user.length).fill(chance),
});
const chances = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);

test("the best constant is the share of likes of all cells with weights, of the chosen without", async () => {
  const weighted = await tune(observed, chances, constant, { rng: new Rng(1), inverse, splits: 3 });
  assert.ok(Math.abs(weighted.best - share) < 0.06, `${weighted.best} for ${share}`);
  const plain = await tune(observed, chances, constant, { rng: new Rng(1), splits: 3 });
  const liked = observed.rating.reduce((a, r) => a + r) / observed.rating.length;
  assert.ok(liked > share + 0.15);
  assert.ok(Math.abs(plain.best - liked) < 0.06, `${plain.best} for ${liked}`);
});

test("settings are judged by ratings that the training does not see", async () => {
  const seen = new Set<number>();
  const memory = async (train: typeof observed, right: boolean) => {
    const cells = new Map(
      Array.from(train.rating, (r, k) => [train.user[k]! * train.items + train.item[k]!, r]),
    );
    return {
      predictCells: (user: ArrayLike<number>, item: ArrayLike<number>) =>
        Float64Array.from(user, (u, k) => {
          const cell = u * train.items + item[k]!;
          seen.add(cell);
          return right ? (cells.get(cell) ?? 0.01) : 0.5;
        }),
    };
  };
  const { best } = await tune(observed, [true, false], memory, { rng: new Rng(2), inverse });
  assert.equal(best, false);
  assert.equal(seen.size, Math.round(0.2 * observed.rating.length));
});

test("the same seed chooses the same; a bad rate loses; progress counts trainings", async () => {
  const fit = (train: typeof observed, { rate }: { rate: number }, run: { rng: Rng }) =>
    fitMatrixFactorization(train, { rng: run.rng, rate, epochs: 20, batch: 32 });
  const settings = searchSettings({ rate: [3, 0.01, 0.003] });
  const progress: number[][] = [];
  const run = () =>
    tune(observed, settings, fit, {
      rng: new Rng(5),
      onProgress: (...counts) => void progress.push(counts),
    });
  const [a, b] = [await run(), await run()];
  assert.deepEqual(a, b);
  assert.notEqual(a.best.rate, 3);
  assert.deepEqual(progress.slice(0, 3), [
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});

test("a search is cancelled between trainings, and hands the signal on", async () => {
  const abort = new AbortController();
  let fits = 0;
  const fit = async (
    _: unknown,
    chance: number,
    { signal }: { signal?: AbortSignal | undefined },
  ) => {
    assert.equal(signal, abort.signal);
    if (++fits === 2) abort.abort(new Error("enough"));
    return constant(_, chance);
  };
  const options = { rng: new Rng(1), signal: abort.signal };
  await assert.rejects(tune(observed, chances, fit, options), { message: "enough" });
  assert.equal(fits, 2);
});

test("settings: the whole grid in order, or different ones at random", () => {
  const space = { rate: [1, 2, 3], decay: [4, 5] };
  const all = searchSettings(space);
  assert.equal(all.length, 6);
  assert.deepEqual(all[1], { rate: 1, decay: 5 });
  const some = searchSettings(space, { count: 4, rng: new Rng(9) });
  assert.equal(new Set(some.map((s) => JSON.stringify(s))).size, 4);
  assert.deepEqual(some, searchSettings(space, { count: 4, rng: new Rng(9) }));
  assert.equal(searchSettings(space, { count: 100, rng: new Rng(9) }).length, 6);
  assert.throws(() => searchSettings({ rate: [] }), { code: "ERR_DOMAIN" });
  assert.throws(() => searchSettings(space, { count: 0, rng: new Rng(1) }), { code: "ERR_DOMAIN" });
});

test("bad input is named", async () => {
  const rng = new Rng(1);
  const go = (settings: number[], options: object) => () =>
    tune(observed, settings, constant, { rng, ...options });
  await assert.rejects(go([], {}), { message: /settings must not be empty/, code: "ERR_DOMAIN" });
  await assert.rejects(go([0.5], { share: 1 }), { message: /options.share/, code: "ERR_DOMAIN" });
  await assert.rejects(go([0.5], { inverse: [1] }), { code: "ERR_SHAPE" });
  await assert.rejects(go([Number.NaN], {}), { message: /settings\[0\]/, code: "ERR_NUMERIC" });
  const stars = { ...observed, rating: observed.rating.map(() => 4) };
  await assert.rejects(tune(stars, [0.5], constant, { rng }), { message: /0 and 1/ });
});
