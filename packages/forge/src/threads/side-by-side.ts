/**
 * Starts the jobs in their order, `most` at a time, and resolves to their results. After one has
 * failed no other is started.
 */
export async function sideBySide<T>(
  jobs: readonly (() => Promise<T>)[],
  most: number,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  let failed = false;
  const lane = async () => {
    while (next < jobs.length && !failed) {
      const k = next++;
      try {
        results[k] = await jobs[k]!();
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, jobs.length) }, lane));
  return results;
}
