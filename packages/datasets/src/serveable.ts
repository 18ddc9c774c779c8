import { checkDataset } from "./check.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Whether a server may hand the files to its readers (`/data/<sha256>`), with the sentence to show
 * beside the data: name of the licence, attribution, doubts.
 */
export function serveable(dataset: Dataset<unknown>): { allowed: boolean; note: string } {
  checkDataset("serveable", dataset);
  const { serve, name, note } = dataset.licence;
  return { allowed: serve, note: `${dataset.title}: ${name}. ${note}` };
}
