/** Whether a text can be in the database at all: Postgres has no NUL, and refuses to look for one. */
export const isStorable = (text: string): boolean => !text.includes("\0");

/** A text that can be: what cannot is replaced by the sign for it. */
export const storable = (text: string): string => text.replaceAll("\0", "\ufffd").toWellFormed();
