import { InvalidArgumentError } from "commander";

/** Parses an option's integer from `min` to `max`. */
export const integer = (min: number, max: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new InvalidArgumentError(`It must be an integer from ${min} to ${max}.`);
  return value;
};
