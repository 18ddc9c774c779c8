import { dataError } from "@daily-kernel/compute";
import type { Dataset } from "../dataset.ts";
import { npmFiles } from "../files.ts";
import { textOf } from "../parse/bytes-of.ts";
import { rest } from "../parse/rest.ts";
import type { Table } from "../shapes.ts";

const tarball = {
  package: "vega-datasets",
  version: "2.11.0",
  bytes: 17248552,
  integrity:
    "sha512-JWV4ryGY1C/FIgrWP2N/zdSIhtt7bJD0cq9YlYlGq9f5P27/Mkq6U03iS7wNKGWYTTBS3PfTgyDgbWpdkmcyUg==",
};

const ROWS = 231_083;
const columns = ["delay", "distance", "time"] as const;

/**
 * Flights within the United States, by time of the day: delay in minutes (-58 to 180), distance in miles
 * (108 to 2,298), time of the day in hours.
 */
export const flights: Dataset<Table> = {
  name: "flights",
  title: "231,083 US domestic flights",
  licence: {
    name: "BSD-3-Clause",
    serve: true,
    note: "Package of the Vega project, BSD-3-Clause; records of the US Bureau of Transportation Statistics, public domain.",
  },
  origin: "https://github.com/vega/vega-datasets",
  files: npmFiles(tarball, "data/", [
    [
      "flights-200k.json",
      11137926,
      "d03c0a44048361d8ca452c404911c506247b65a5f3e7371369bd0f717c23ce04",
    ],
  ]),
  async parse(files, signal) {
    const rows: unknown = JSON.parse(textOf(files, "flights-200k.json"));
    if (!Array.isArray(rows) || rows.length !== ROWS) {
      throw dataError(`flights-200k.json: expected an array of ${ROWS} flights`);
    }
    const data = new Float64Array(3 * ROWS);
    for (let i = 0; i < ROWS; i++) {
      if (i % 20_000 === 0) await rest(signal);
      const flight = (rows[i] ?? {}) as Record<string, unknown>;
      for (const [j, column] of columns.entries()) {
        const value = flight[column];
        if (typeof value !== "number" || !Number.isFinite(value)) {
          throw dataError(`flights-200k.json: flight ${i + 1} has no ${column}`);
        }
        data[3 * i + j] = value;
      }
    }
    return { data, rows: ROWS, cols: 3, columns: [...columns] };
  },
};
