import { CandidateCompileError } from "../../session/errors.ts";
import { exportedFunctionType } from "./function-type.ts";

const abi = "(i32, i32, i32) -> i32";

const mayImport = ({ module, name, kind }: WebAssembly.ModuleImportDescriptor) =>
  module === "env" &&
  ((name === "memory" && kind === "memory") || (name === "abort" && kind === "function"));

/**
 * Compiles a module and looks at its edges before any of it runs: it may import its memory and the
 * `abort` of AssemblyScript's assertions, and has to export `forge_kernel` with the signature of the
 * ABI.
 *
 * @throws CandidateCompileError
 */
export async function checkModule(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  const module = await WebAssembly.compile(bytes).catch((error: Error) => {
    throw new CandidateCompileError("the engine refuses the module", error.message);
  });
  const foreign = WebAssembly.Module.imports(module).find((each) => !mayImport(each));
  if (foreign) {
    throw new CandidateCompileError(
      `the kernel imports ${foreign.module}.${foreign.name}; it gets its memory and nothing else`,
      "",
    );
  }
  const type = exportedFunctionType(bytes, "forge_kernel");
  if (type === undefined)
    throw new CandidateCompileError("the kernel exports no function forge_kernel", "");
  if (type !== abi)
    throw new CandidateCompileError(`forge_kernel is ${type}, the ABI asks for ${abi}`, "");
  return module;
}
