import { domainError, typeError } from "@daily-kernel/compute";

/** Something that cuts a text into tokens. Lengths by two of them cannot be compared. */
export interface Tokenizer {
  /** Kept with every length: `o200k_base`. */
  readonly name: string;
  readonly encode: (text: string) => ArrayLike<number>;
}

/** The length of a text in tokens and what counted them: fields of a trace. */
export function countTokens(
  text: string,
  tokenizer: Tokenizer,
): { tokens: number; tokenizer: string } {
  if (typeof text !== "string")
    throw typeError(`countTokens: text must be a string, got ${typeof text}`);
  if (
    typeof tokenizer?.name !== "string" ||
    tokenizer.name === "" ||
    typeof tokenizer.encode !== "function"
  )
    throw typeError("countTokens: tokenizer must be { name, encode }; characters are not tokens");
  const tokens = tokenizer.encode(text)?.length;
  if (!Number.isSafeInteger(tokens) || tokens < 0)
    throw domainError(
      `countTokens: ${tokenizer.name} must return an array of tokens, got ${tokens}`,
    );
  return { tokens, tokenizer: tokenizer.name };
}
