import { domainError, typeError } from "@daily-kernel/compute";
import {
  type ChoiceField,
  type Field,
  type Fields,
  inRange,
  offered,
  type Values,
} from "./fields.ts";
import type { Figure } from "./figure.ts";
import type { Lab } from "./lab.ts";

/** What a room makes of the reader's own input. */
export interface OwnResult {
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly figures: readonly Figure[];
}

/** A form in which the paper's method runs on what the reader enters. */
export interface OwnInput<F extends Fields = Fields> {
  readonly fields: F;
  /** Whether to run at every change of a field, for what takes a second at most; false by default. */
  readonly live?: boolean;
  /** Gets values that `checkValues` let pass. Throws an error that names what is at fault. */
  run(values: Values<F>, lab: Lab<never>): Promise<OwnResult>;
}

/** Types a form by its fields. */
export function defineOwnInput<const F extends Fields>(own: OwnInput<F>): OwnInput<F> {
  return own;
}

/**
 * The values, checked against the fields, an empty text replaced by its example.
 *
 * @throws TypeError, RangeError naming the field by its label, what it takes and what came.
 */
export function checkValues(fields: Fields, values: Readonly<Record<string, unknown>>): Values {
  if (typeof values !== "object" || values === null) {
    throw typeError(`the values of a form must be an object, got ${values}`);
  }
  const extra = Object.keys(values).find((name) => !Object.hasOwn(fields, name));
  if (extra !== undefined) throw typeError(`there is no field "${extra}"`);
  const entries = Object.entries(fields);
  for (const [name, field] of entries) checkKind(field, values[name]);
  const checked = values as Values;
  for (const [name, field] of entries) {
    if (field.kind === "choice") checkChoice(field, checked[name], checked);
  }
  return Object.fromEntries(
    entries.map(([name, field]) => [
      name,
      field.kind === "text" && checked[name] === "" ? field.example : checked[name]!,
    ]),
  );
}

function checkKind(field: Field, value: unknown): void {
  if (field.kind !== "integer") {
    if (typeof value !== "string") throw typeError(`${field.label}: expected text, got ${value}`);
  } else if (!inRange(field, value)) {
    throw domainError(
      `${field.label}: expected a whole number from ${field.min} to ${field.max}, got ${value === "" ? "nothing" : value}`,
    );
  }
}

function checkChoice(field: ChoiceField, value: unknown, values: Values): void {
  const options = offered(field, values);
  if (options.some((option) => option.value === value)) return;
  const known = field.options.find((option) => option.value === value);
  const list = options.map(({ label }) => `"${label}"`).join(", ");
  throw domainError(
    known
      ? `${field.label}: "${known.label}" does not go with the other choices, which leave ${list}`
      : `${field.label}: expected ${list}, got "${value}"`,
  );
}
