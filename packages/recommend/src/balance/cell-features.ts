import { checkObject, type Matrix, matrix, shapeError } from "@daily-kernel/compute";

/** Features of users (users x p) and of items (items x q). */
export interface SideFeatures {
  userFeatures: Matrix;
  itemFeatures: Matrix;
}

/**
 * A feature vector for each cell (user[k], item[k]): the user's features beside the item's, every
 * column of either brought to the range 0..1; n x (p + q).
 *
 * @throws RangeError `ERR_SHAPE` where user and item differ in length or reach beyond the features.
 */
export function cellFeatures(
  { userFeatures, itemFeatures }: SideFeatures,
  user: ArrayLike<number>,
  item: ArrayLike<number>,
): Matrix {
  checkObject("cellFeatures", "userFeatures", userFeatures);
  checkObject("cellFeatures", "itemFeatures", itemFeatures);
  if (user.length !== item.length) {
    throw shapeError(
      `cellFeatures: user and item must have one length, got ${user.length} and ${item.length}`,
    );
  }
  const u = unitRange(userFeatures);
  const v = unitRange(itemFeatures);
  const size = u.cols + v.cols;
  const out = matrix(user.length, size);
  for (let k = 0; k < user.length; k++) {
    const [a, b] = [user[k]!, item[k]!];
    if (!(a >= 0 && a < u.rows && b >= 0 && b < v.rows)) {
      throw shapeError(
        `cellFeatures: cell ${k} is user ${a} and item ${b}, beyond ${u.rows} users and ${v.rows} items`,
      );
    }
    out.data.set(u.data.subarray(a * u.cols, (a + 1) * u.cols), k * size);
    out.data.set(v.data.subarray(b * v.cols, (b + 1) * v.cols), k * size + u.cols);
  }
  return out;
}

function unitRange({ data, rows, cols }: Matrix): Matrix {
  const out = matrix(rows, cols);
  for (let j = 0; j < cols; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < rows; i++) {
      low = Math.min(low, data[i * cols + j]!);
      high = Math.max(high, data[i * cols + j]!);
    }
    for (let i = 0; i < rows; i++) {
      out.data[i * cols + j] = high > low ? (data[i * cols + j]! - low) / (high - low) : 0;
    }
  }
  return out;
}
