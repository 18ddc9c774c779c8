import { inputError } from "../feed-error.ts";
import { checkFullName } from "./account-name.ts";

/**
 * What an owner calls a token or a passkey: 1 to 80 characters, by the rules of a full name.
 * @throws FeedError (ERR_INPUT).
 */
export function checkLabel(label: string): string {
  let clean: string;
  try {
    clean = checkFullName(label);
  } catch {
    clean = "";
  }
  if (clean === "") throw inputError("label must be one line of 1 to 80 visible characters");
  return clean;
}
