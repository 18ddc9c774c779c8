/** What a reader pastes, as one string. */
export interface TextField {
  readonly kind: "text";
  /** What to paste, in one sentence. */
  readonly label: string;
  /** A small valid input, which stands for an empty one. */
  readonly example: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Other choices that it goes with: by the field's name, the values there. With all by default. */
  readonly when?: Readonly<Record<string, readonly string[]>>;
}

/** One of a few options; at least one must be on offer whatever the other choices. */
export interface ChoiceField {
  readonly kind: "choice";
  readonly label: string;
  readonly options: readonly Option[];
  readonly initial: string;
}

/** A whole number from `min` to `max`. */
export interface IntegerField {
  readonly kind: "integer";
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

export type Field = TextField | ChoiceField | IntegerField;
/** The fields of a form by name, in the order in which they are shown. */
export type Fields = Readonly<Record<string, Field>>;

/** What the fields hold: a number for an integer, else a string. */
export type Values<F extends Fields = Fields> = {
  readonly [Name in keyof F]: F[Name] extends IntegerField
    ? number
    : F[Name] extends ChoiceField
      ? F[Name]["options"][number]["value"]
      : F[Name] extends TextField
        ? string
        : string | number;
};

/** The options of a choice that go with the other choices. */
export const offered = (field: ChoiceField, values: Values): readonly Option[] =>
  field.options.filter(({ when = {} }) =>
    Object.entries(when).every(([other, those]) => those.includes(String(values[other]))),
  );

/**
 * Values for all fields: those given where they are valid, else the initial ones; a choice that does
 * not go with the choices before it becomes the first that does. Numbers may come as strings, as they
 * do from an address.
 */
export function settle(fields: Fields, given: Readonly<Record<string, unknown>> = {}): Values {
  const values: Record<string, string | number> = {};
  for (const [name, field] of Object.entries(fields)) values[name] = settleOne(field, given[name]);
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind !== "choice") continue;
    const options = offered(field, values);
    if (!options.some(({ value }) => value === values[name])) values[name] = options[0]!.value;
  }
  return values;
}

function settleOne(field: Field, value: unknown): string | number {
  switch (field.kind) {
    case "text":
      return typeof value === "string" ? value : "";
    case "choice":
      return field.options.find((option) => option.value === value)?.value ?? field.initial;
    case "integer": {
      const number = value === "" || value === null ? Number.NaN : Number(value);
      return inRange(field, number) ? number : field.initial;
    }
  }
}

/** Whether a value is one that the field takes. */
export const inRange = ({ min, max }: IntegerField, value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
