import { dataError } from "@daily-kernel/compute";
import type { Dataset } from "../dataset.ts";
import { folderFiles } from "../files.ts";
import { textOf } from "../parse/bytes-of.ts";
import { numberTable } from "../parse/number-table.ts";
import type { Table } from "../shapes.ts";

/** Every cell of the search space and the accuracies of the networks built of it. */
export interface NasBench201 {
  /**
   * 15,625 strings of six digits, the operations of the edges 1<-0, 2<-0, 2<-1, 3<-0, 3<-1, 3<-2:
   * 0 none, 1 skip, 2 convolution 1x1, 3 convolution 3x3, 4 average pooling 3x3.
   */
  readonly cells: readonly string[];
  /** 15,625 x 6, test accuracy in per cent: `c10`, `c100`, `in16` after 200 and 12 epochs. */
  readonly accuracies: Table;
}

/** NAS-Bench-201 on CIFAR-10, CIFAR-100 and ImageNet16-120, in the benchmark's index order. */
export const nasbench201: Dataset<NasBench201> = {
  name: "nasbench201",
  title: "NAS-Bench-201 accuracies",
  licence: {
    name: "MIT",
    serve: true,
    note: "NAS-Bench-201 by X. Dong and Y. Yang (MIT); the 200-epoch columns were copied through a table that states no licence (numeric facts).",
  },
  origin:
    "X. Dong, Y. Yang, NAS-Bench-201: Extending the scope of reproducible neural architecture search, ICLR 2020",
  files: folderFiles("nasbench201", [
    ["nb201.csv", 775400, "d2a52bf8565e9d5152663e5d8212f88861a48a0f49c1b1bc726181dc3c4060c6"],
  ]),
  parse(files) {
    const [head = "", ...lines] = textOf(files, "nb201.csv").split("\n").filter(Boolean);
    const columns = head.split(",").slice(2);
    const cells = lines.map((line, i) => {
      const [index, cell = ""] = line.split(",", 2);
      if (Number(index) !== i || !/^[0-4]{6}$/.test(cell)) {
        throw dataError(`nb201.csv: row ${i + 1} must start with its index and a cell: "${line}"`);
      }
      return cell;
    });
    if (new Set(cells).size !== 5 ** 6) throw dataError("nb201.csv: expected 15625 distinct cells");
    const numbers = lines.map((line) => line.split(",").slice(2).join(",")).join("\n");
    const layout = { columns, rows: 5 ** 6, separator: ",", range: [0, 100] as const };
    return { cells, accuracies: numberTable("nb201.csv", numbers, layout) };
  },
};
