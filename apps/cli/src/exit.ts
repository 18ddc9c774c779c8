/** The user asked for something that is not there: exit code 2 and one line. */
export class UsageError extends Error {}

/** Another process did the work and ended with this code. */
export class Exit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super();
    this.exitCode = exitCode;
  }
}
