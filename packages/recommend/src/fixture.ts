import { matrix, type Rng } from "@daily-kernel/compute";
import { type Ratings, ratings } from "./ratings/ratings.ts";

/** A table of likes of rank 2, of which people rate more what they like, and a randomised sample. */
export function chosenRatings(users: number, items: number, rng: Rng) {
  const u = rng.fillNormal(new Float64Array(2 * users));
  const v = rng.fillNormal(new Float64Array(2 * items));
  const like = matrix(users, items);
  for (let c = 0; c < like.data.length; c++) {
    const [i, j] = [Math.floor(c / items), c % items];
    const s = u[2 * i]! * v[2 * j]! + u[2 * i + 1]! * v[2 * j + 1]! - 0.5;
    like.data[c] = 1 / (1 + Math.exp(-2 * s));
  }
  const liked = like.data.map((p) => (rng.uniform() < p ? 1 : 0));
  const draw = (chance: (liked: number) => number): Ratings => {
    const at = Array.from(liked.keys()).filter((c) => rng.uniform() < chance(liked[c]!));
    return ratings({
      users,
      items,
      user: at.map((c) => Math.floor(c / items)),
      item: at.map((c) => c % items),
      rating: at.map((c) => liked[c]!),
    });
  };
  const observed = draw((r) => (r ? 0.4 : 0.1));
  return {
    observed,
    randomised: draw(() => 0.2),
    share: liked.reduce((a, b) => a + b) / liked.length,
  };
}
