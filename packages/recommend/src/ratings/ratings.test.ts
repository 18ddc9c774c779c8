import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { parseRatings } from "./parse-ratings.ts";
import { binarise, ratings, ratingsFromDense, splitRatings } from "./ratings.ts";

test("a CSV with a header, quotes, a byte-order mark and names", () => {
  const text =
    '\uFEFFuser,item,stars\r\nann,"Alien, 1979",5\r\nbob,"The ""Thing""",2\r\n\r\nann,Jaws,3\r\n';
  const parsed = parseRatings(text);
  assert.deepEqual(parsed.userNames, ["ann", "bob"]);
  assert.deepEqual(parsed.itemNames, ["Alien, 1979", 'The "Thing"', "Jaws"]);
  assert.deepEqual([...parsed.user], [0, 1, 0]);
  assert.deepEqual([...parsed.rating], [5, 2, 3]);
  const test = parseRatings("Jaws;bob;1", { like: parsed, columns: [1, 0, 2] });
  assert.deepEqual([test.user[0], test.item[0], test.users], [1, 2, 2]);
});

test("what is wrong in a CSV is named by its line", () => {
  assert.throws(() => parseRatings("a,b,1\na,c"), { message: /line 2/, code: "ERR_SHAPE" });
  assert.throws(() => parseRatings("a,b,1\na,c,x"), { message: /line 2/, code: "ERR_DOMAIN" });
  assert.throws(() => parseRatings("a,b,1\na,b,2"), { message: /more than once/ });
  assert.throws(() => parseRatings("user,item,stars\n"), { code: "ERR_SHAPE" });
});

test("triples out of range are refused", () => {
  const good = { users: 2, items: 2, user: [0], item: [1], rating: [3] };
  assert.throws(() => ratings({ ...good, user: [2] }), { code: "ERR_DOMAIN" });
  assert.throws(() => ratings({ ...good, item: [0.5] }), { code: "ERR_DOMAIN" });
  assert.throws(() => ratings({ ...good, rating: [Number.NaN] }), { code: "ERR_DOMAIN" });
  assert.throws(() => ratings({ ...good, rating: [] }), { code: "ERR_SHAPE" });
});

test("a dense table, a threshold, and a split that loses nothing", () => {
  const all = ratingsFromDense(matrix(2, 3, [0, 4, 1, 3, 0, 2]));
  assert.deepEqual([...all.user], [0, 0, 1, 1]);
  assert.deepEqual([...all.item], [1, 2, 0, 2]);
  assert.deepEqual([...binarise(all, 3).rating], [1, 0, 1, 0]);
  const [part, rest] = splitRatings(all, 0.25, new Rng(1));
  assert.equal(part.rating.length, 1);
  assert.deepEqual([...part.rating, ...rest.rating].sort(), [1, 2, 3, 4]);
});
