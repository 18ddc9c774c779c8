/** Which papers may be found at all; fields that are left out let everything through. */
export interface SearchFilters {
  /** First and last day of listing, `YYYY-MM-DD`, inclusive; unlisted papers count by publication. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly topic?: string | undefined;
  /** Papers of which at least one claim held, or failed, when it was run. */
  readonly hasClaims?: "hold" | "fail" | undefined;
  readonly runsInBrowser?: boolean | undefined;
}

/** What the filters look at. */
export interface Facets {
  readonly day: string;
  readonly topics: readonly string[];
  readonly claimsHold: number;
  readonly claimsFail: number;
  readonly runsInBrowser: boolean;
}

/** The filters as one test; `undefined` where they let everything through. */
export function filterTest(filters: SearchFilters): ((facets: Facets) => boolean) | undefined {
  const { from, to, topic, hasClaims, runsInBrowser } = filters;
  const tests: ((facets: Facets) => boolean)[] = [];
  if (from !== undefined) tests.push(({ day }) => day >= from);
  if (to !== undefined) tests.push(({ day }) => day <= to);
  if (topic !== undefined) tests.push(({ topics }) => topics.includes(topic));
  if (hasClaims === "hold") tests.push(({ claimsHold }) => claimsHold > 0);
  if (hasClaims === "fail") tests.push(({ claimsFail }) => claimsFail > 0);
  if (runsInBrowser !== undefined) tests.push((facets) => facets.runsInBrowser === runsInBrowser);
  return tests.length === 0 ? undefined : (facets) => tests.every((test) => test(facets));
}
