export {
  isBuilt,
  readLedgerEntries,
  readLedgerEntry,
  readPapers,
  readRecords,
  readRoom,
} from "./catalogue.ts";
export { commitOf, type Sources, sourcesOf, thisMachine } from "./provenance.ts";
export { reportHtml } from "./report.ts";
export { figureToSvg } from "./svg.ts";
