import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  type Matrix,
  type Rng,
  shapeError,
} from "@daily-kernel/compute";
import { checkWhole } from "../check.ts";

/** Observed cells of a users x items table: cell k is (user[k], item[k]) with the value rating[k]. */
export interface Ratings {
  /** How many users there are; `user` holds whole numbers below this. */
  readonly users: number;
  /** How many items there are. */
  readonly items: number;
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly rating: Float64Array;
}

/** Ratings as a caller has them: any arrays of numbers of one length. */
export interface RatingTriples {
  users: number;
  items: number;
  user: ArrayLike<number>;
  item: ArrayLike<number>;
  rating: ArrayLike<number>;
}

/**
 * Checked ratings from triples, copied. O(n).
 *
 * @throws RangeError `ERR_DOMAIN` for an index out of range, a rating that is not finite or a cell
 *   that comes twice; `ERR_SHAPE` for arrays of several lengths or none at all.
 */
export function ratings(triples: RatingTriples): Ratings {
  checkObject("ratings", "triples", triples);
  const { users, items, user, item, rating } = triples;
  checkWhole("ratings", "users", users, 1);
  checkWhole("ratings", "items", items, 1);
  checkNumbers("ratings", "user", user);
  checkNumbers("ratings", "item", item);
  checkNumbers("ratings", "rating", rating);
  const n = rating.length;
  if (user.length !== n || item.length !== n || n === 0) {
    throw shapeError(
      `ratings: user, item and rating must have one length of at least 1, got ${user.length}, ${item.length} and ${n}`,
    );
  }
  const seen = new Set<number>();
  for (let k = 0; k < n; k++) {
    const u = user[k]!;
    const i = item[k]!;
    if (!Number.isInteger(u) || u < 0 || u >= users) {
      throw domainError(`ratings: user[${k}] must be a whole number in 0..${users - 1}, got ${u}`);
    }
    if (!Number.isInteger(i) || i < 0 || i >= items) {
      throw domainError(`ratings: item[${k}] must be a whole number in 0..${items - 1}, got ${i}`);
    }
    if (!Number.isFinite(rating[k])) {
      throw domainError(`ratings: rating[${k}] must be finite, got ${rating[k]}`);
    }
    const cell = u * items + i;
    if (seen.has(cell)) throw domainError(`ratings: user ${u} rates item ${i} more than once`);
    seen.add(cell);
  }
  return {
    users,
    items,
    user: Int32Array.from(user),
    item: Int32Array.from(item),
    rating: Float64Array.from(rating),
  };
}

/** Ratings from a users x items matrix in which 0 stands for "not rated". */
export function ratingsFromDense(table: Matrix): Ratings {
  checkObject("ratingsFromDense", "table", table);
  const { data, rows, cols } = table;
  const cells = Array.from(data.keys()).filter((c) => data[c] !== 0);
  return ratings({
    users: rows,
    items: cols,
    user: cells.map((c) => Math.floor(c / cols)),
    item: cells.map((c) => c % cols),
    rating: cells.map((c) => data[c]!),
  });
}

/** The same cells with 1 where the rating is at least `threshold` and 0 elsewhere. */
export function binarise(observed: Ratings, threshold: number): Ratings {
  checkType(typeof threshold === "number", "binarise", "threshold", "a number", threshold);
  if (!Number.isFinite(threshold)) {
    throw domainError(`binarise: threshold must be finite, got ${threshold}`);
  }
  return { ...observed, rating: observed.rating.map((r) => (r >= threshold ? 1 : 0)) };
}

/** The ratings at these positions, in this order. */
export function subset(observed: Ratings, positions: ArrayLike<number>): Ratings {
  const at = Int32Array.from(positions);
  return {
    users: observed.users,
    items: observed.items,
    user: at.map((k) => observed.user[k]!),
    item: at.map((k) => observed.item[k]!),
    rating: Float64Array.from(at, (k) => observed.rating[k]!),
  };
}

/**
 * Two disjoint parts at random: round(share * n) ratings, at least one, and the rest.
 *
 * @throws RangeError `ERR_DOMAIN` unless 0 < share < 1 and there are two ratings.
 */
export function splitRatings(observed: Ratings, share: number, rng: Rng): [Ratings, Ratings] {
  const n = observed.rating.length;
  if (!(share > 0 && share < 1) || n < 2) {
    throw domainError(
      `splitRatings: share must lie between 0 and 1, with 2 ratings or more, got ${share} of ${n}`,
    );
  }
  const order = rng.permutation(n);
  const size = Math.min(n - 1, Math.max(1, Math.round(share * n)));
  return [subset(observed, order.subarray(0, size)), subset(observed, order.subarray(size))];
}
