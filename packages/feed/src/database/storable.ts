/** Whether a text can be in the database at all: Postgres has no NUL, and refuses to look for one. */
export const isStorable = (text: string): boolean => !text.includes("\0");
