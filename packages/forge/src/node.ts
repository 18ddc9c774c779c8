export { nativeCounters } from "./agents/counters/cpp-counters.ts";
export { type CounterTool, counterTools } from "./agents/counters/tools.ts";
export { fileHistory } from "./agents/file-history.ts";
export { type Improvement, type ImproveOptions, improve, spaceFor } from "./agents/improve.ts";
export { cpp } from "./backends/cpp.ts";
export { cuda } from "./backends/cuda.ts";
export { fortran } from "./backends/fortran.ts";
export { kokkos } from "./backends/kokkos.ts";
export { checkFlags } from "./backends/native/flags.ts";
export { type Isolation, isolation } from "./backends/native/isolation.ts";
export {
  type NativeOptions,
  type NativeRecipe,
  nativeBackend,
} from "./backends/native/native-backend.ts";
export { runTool, type ToolOptions } from "./backends/native/tool.ts";
export { numba } from "./backends/numba.ts";
export { openacc } from "./backends/openacc.ts";
export { opencl } from "./backends/opencl.ts";
export { openmp } from "./backends/openmp.ts";
export { type BackendOptions, backendById, backends } from "./backends/registry.ts";
export { triton } from "./backends/triton.ts";
export type { TruthFailure } from "./cost-model/truth/failure.ts";
export { groundTruth, type Truth, type TruthOptions } from "./cost-model/truth/ground-truth.ts";
export { llvmVersion, missingTools as missingLlvmTools } from "./cost-model/truth/tools.ts";
export { truthsOf } from "./cost-model/truth/truths.ts";
export { type GptEncoding, gptTokenizer } from "./curate/gpt-tokenizer.ts";
export { type GalleryBackend, readGallery, type Sample } from "./gallery/read-gallery.ts";
export { machineRoofs } from "./stopwatch/machine-roofs.ts";
export { inThread, type ThreadOptions, type Work } from "./threads/in-thread.ts";
