import { unsupportedError } from "@daily-kernel/compute";
import type { Tokenizer } from "./count-tokens.ts";

export type GptEncoding = "cl100k_base" | "o200k_base";

/**
 * An encoding of the optional npm package `gpt-tokenizer`, loaded when asked for: its tables are
 * 30 MB.
 * @throws Error `ERR_UNSUPPORTED` where the package is not installed.
 */
export async function gptTokenizer(encoding: GptEncoding = "o200k_base"): Promise<Tokenizer> {
  try {
    const { encode } = await (encoding === "o200k_base"
      ? import("gpt-tokenizer/encoding/o200k_base")
      : import("gpt-tokenizer/encoding/cl100k_base"));
    return { name: encoding, encode: (text) => encode(text) };
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw unsupportedError("gptTokenizer: run `npm install gpt-tokenizer` first");
  }
}
