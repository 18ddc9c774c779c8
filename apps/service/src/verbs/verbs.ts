import { status } from "./status.ts";

/** All verbs by name. */
export const verbs = { status };

export type VerbName = keyof typeof verbs;
export type VerbArgs<Name extends VerbName> = Parameters<(typeof verbs)[Name]>[1];
export type VerbResult<Name extends VerbName> = Awaited<ReturnType<(typeof verbs)[Name]>>;
