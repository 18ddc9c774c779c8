export {
  type DatasetStatus,
  type NodeSource,
  type NodeSourceOptions,
  nodeSource,
} from "./node/node-source.ts";
