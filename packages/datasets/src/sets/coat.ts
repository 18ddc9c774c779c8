import { dataError } from "@daily-kernel/compute";
import type { Dataset, FileBytes } from "../dataset.ts";
import { folderFiles } from "../files.ts";
import { textOf } from "../parse/bytes-of.ts";
import { numberTable } from "../parse/number-table.ts";
import type { Table } from "../shapes.ts";

const users = 290;
const items = 300;

/** Ratings of 300 coats by 290 users: rows are users, columns coats, 0 = not rated, 1..5. */
export interface Coat {
  readonly users: number;
  readonly items: number;
  /** 290 x 300, the 24 coats that each user chose to rate (6,960 ratings). */
  readonly train: Float64Array;
  /** 290 x 300, the 16 coats that each user rated at random (4,640 ratings). */
  readonly test: Float64Array;
  /** 290 x 300, the makers' estimate of the probability that a rating of `train` was made. */
  readonly propensities: Float64Array;
  /** 290 x 14, one-hot. */
  readonly userFeatures: Table;
  /** 300 x 33, one-hot. */
  readonly itemFeatures: Table;
}

/** Coat Shopping: ratings that users chose to give, and a test set of ratings asked at random. */
export const coat: Dataset<Coat> = {
  name: "coat",
  title: "Coat Shopping ratings",
  licence: {
    name: "none stated",
    serve: false,
    note: "No terms come with the files; research use with citation is the common practice. Do not republish.",
  },
  origin:
    "T. Schnabel, A. Swaminathan, A. Singh, N. Chandak, T. Joachims, Recommendations as treatments, ICML 2016",
  files: folderFiles("coat", [
    ["train.ascii", 174000, "f9088c6e95fa9a42e8be6a92fc77252b95b969e34ed1299c611420da68680873"],
    ["test.ascii", 174000, "51fa28550f5bedebc6959d0e7b5e242b173c3c8d16317c7e49b89441304504ce"],
    [
      "propensities.ascii",
      2175000,
      "a72e3142a413623c4a6b9d20c4f70fcc017e0db67cc3eb242116f69fb8fb9661",
    ],
    [
      "user_item_features/user_features.ascii",
      8120,
      "593b59c63a3f983575d3a770b32158fdfa4e2e4f63aafffdee70d1600ff072f8",
    ],
    [
      "user_item_features/user_features_map.txt",
      211,
      "3b8c825ad4445d4a46a400629c5fb43c805ff5a7982b2e436b69e7262c8a013a",
    ],
    [
      "user_item_features/item_features.ascii",
      19800,
      "72b08cc0766d3e9899231aea90c815b5bb08e07dcfba569d5f182da649099f5a",
    ],
    [
      "user_item_features/item_features_map.txt",
      498,
      "2675dfaa38b89a9cbb1997f0cfcd46ed7e0e366dc515d12d95508d1f356e5d25",
    ],
  ]),
  parse: (files) => ({
    users,
    items,
    train: ratings(files, "train.ascii", 24),
    test: ratings(files, "test.ascii", 16),
    propensities: matrix(files, "propensities.ascii", [0, 1]),
    userFeatures: features(files, "user", users),
    itemFeatures: features(files, "item", items),
  }),
};

function matrix(files: FileBytes, path: string, range: readonly [number, number]): Float64Array {
  const columns = Array.from({ length: items }, (_, i) => `coat ${i + 1}`);
  const layout = { columns, rows: users, separator: /\s+/, range };
  return numberTable(path, textOf(files, path), layout).data;
}

function ratings(files: FileBytes, path: string, perUser: number): Float64Array {
  const data = matrix(files, path, [0, 5]);
  for (let user = 0; user < users; user++) {
    const row = data.subarray(user * items, (user + 1) * items);
    const rated = row.reduce((sum, rating) => sum + (rating > 0 ? 1 : 0), 0);
    if (rated !== perUser || !row.every(Number.isInteger)) {
      throw dataError(`${path}: user ${user + 1} must have ${perUser} whole ratings, got ${rated}`);
    }
  }
  return data;
}

function features(files: FileBytes, of: "user" | "item", rows: number): Table {
  const folder = "user_item_features";
  const columns = textOf(files, `${folder}/${of}_features_map.txt`).split("\n").filter(Boolean);
  const path = `${folder}/${of}_features.ascii`;
  const layout = { columns, rows, separator: /\s+/, range: [0, 1] as const };
  return numberTable(path, textOf(files, path), layout);
}
