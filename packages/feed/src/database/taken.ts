/**
 * Whether a statement failed since another row has the value already (`unique_violation`): the
 * database alone can tell it of two who take a name at once.
 */
export const isTaken = (error: unknown): boolean => (error as { code?: unknown }).code === "23505";
