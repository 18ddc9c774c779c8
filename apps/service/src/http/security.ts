/** For operations that need an account: a token, or a session's cookie from a page of ours. */
export const signedIn: Record<string, string[]>[] = [{ bearer: [] }, { session: [] }];
