import type { Backend, Candidate, Limits, Session } from "../session/backend.ts";

/** Compiles and opens a kernel of our own, works with it and closes it. */
export async function withKernel<T>(
  backend: Backend,
  kernel: Candidate,
  within: { readonly limits: Limits; readonly signal?: AbortSignal },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await backend.open(await backend.compile(kernel, within), within);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
