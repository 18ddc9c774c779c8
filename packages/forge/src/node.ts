export { cpp } from "./backends/cpp.ts";
export { checkFlags } from "./backends/native/flags.ts";
export { type Isolation, isolation } from "./backends/native/isolation.ts";
export {
  type NativeOptions,
  type NativeRecipe,
  nativeBackend,
} from "./backends/native/native-backend.ts";
export { runTool, type ToolOptions } from "./backends/native/tool.ts";
export { type GptEncoding, gptTokenizer } from "./curate/gpt-tokenizer.ts";
