export { depthwiseInput } from "./depthwise-input";
export { depthwiseWeight } from "./depthwise-weight";
export { allFinite } from "./finite";
