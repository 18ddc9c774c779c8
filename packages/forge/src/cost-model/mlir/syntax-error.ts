import { ForgeError } from "../../session/errors.ts";

/** `ERR_MLIR_SYNTAX`: a text that cannot be MLIR, and where that shows (both counted from 1). */
export class MlirSyntaxError extends ForgeError {
  readonly line: number;
  readonly column: number;
  constructor(what: string, line: number, column: number) {
    super("ERR_MLIR_SYNTAX", `parseMlir: ${what} at line ${line}, column ${column}`);
    this.line = line;
    this.column = column;
  }
}
