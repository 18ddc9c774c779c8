/** The user asked for something that is not there: exit code 2 and one line. */
export class UsageError extends Error {}
