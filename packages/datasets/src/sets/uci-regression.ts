import type { Dataset } from "../dataset.ts";
import { folderFiles } from "../files.ts";
import { textOf } from "../parse/bytes-of.ts";
import { numberTable } from "../parse/number-table.ts";
import type { Table } from "../shapes.ts";

const layouts = {
  concrete: {
    rows: 1030,
    columns: [
      "cement",
      "slag",
      "fly ash",
      "water",
      "superplasticizer",
      "coarse aggregate",
      "fine aggregate",
      "age",
      "compressive strength",
    ],
  },
  energy: {
    rows: 768,
    columns: [
      "relative compactness",
      "surface area",
      "wall area",
      "roof area",
      "overall height",
      "orientation",
      "glazing area",
      "glazing area distribution",
      "heating load",
    ],
  },
  kin8nm: {
    rows: 8192,
    columns: [
      "theta 1",
      "theta 2",
      "theta 3",
      "theta 4",
      "theta 5",
      "theta 6",
      "theta 7",
      "theta 8",
      "distance",
    ],
  },
  power: {
    rows: 9568,
    columns: [
      "temperature",
      "exhaust vacuum",
      "ambient pressure",
      "relative humidity",
      "energy output",
    ],
  },
  wine: {
    rows: 1599,
    columns: [
      "fixed acidity",
      "volatile acidity",
      "citric acid",
      "residual sugar",
      "chlorides",
      "free sulfur dioxide",
      "total sulfur dioxide",
      "density",
      "pH",
      "sulphates",
      "alcohol",
      "quality",
    ],
  },
  yacht: {
    rows: 308,
    columns: [
      "longitudinal position",
      "prismatic coefficient",
      "length-displacement ratio",
      "beam-draught ratio",
      "length-beam ratio",
      "Froude number",
      "residuary resistance",
    ],
  },
} as const;

/** Six tables; the last column of each is the target. Splits are not included: make them by seed. */
export type UciRegression = Readonly<Record<keyof typeof layouts, Table>>;

/** Six regression tables of the UCI repository and DELVE that Bayesian papers report on. */
export const uciRegression: Dataset<UciRegression> = {
  name: "uci-regression",
  title: "Six UCI regression tables",
  licence: {
    name: "CC BY 4.0",
    serve: true,
    note: "UCI Machine Learning Repository: concrete (Yeh), energy (Tsanas, Xifara), power (Tüfekci, Kaya), wine (Cortez et al.), yacht (Gerritsma et al.); kin8nm is public, from DELVE.",
  },
  origin: "https://archive.ics.uci.edu",
  files: folderFiles("uci-regression", [
    ["concrete.csv", 40318, "5a128e9b3691404f10718d636a0d55db242e7d0dac572d538d127e2cd39459b9"],
    ["energy.csv", 28950, "46dcb8d535014350bb833c51bb492fb7bce9d0379ebedf5482ba01c5da150c40"],
    ["kin8nm.csv", 667921, "52bc8f777869bf1f37d9df9b6bb68799f7daaede60ed5c52a794a6c1acfb67cd"],
    ["power.csv", 308680, "cdcd6986360350a188cc851769caec70ebdaa75791975a63cec7a6488f1207bc"],
    ["wine.csv", 83973, "31ef8eff38b3ce66612fe84c2033237bf5618506add2c47ad5b6046a8d97511c"],
    ["yacht.csv", 10725, "b97446828454c4bff91c6448b7c26720bd0b3bc95ded59d6ac0cb3e0c82b6717"],
  ]),
  parse(files) {
    const table = (name: keyof typeof layouts): Table =>
      numberTable(`${name}.csv`, textOf(files, `${name}.csv`), {
        ...layouts[name],
        separator: ",",
      });
    return {
      concrete: table("concrete"),
      energy: table("energy"),
      kin8nm: table("kin8nm"),
      power: table("power"),
      wine: table("wine"),
      yacht: table("yacht"),
    };
  },
};
