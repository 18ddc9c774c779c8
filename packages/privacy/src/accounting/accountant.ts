import { checkType, domainError } from "@daily-kernel/compute";
import { type Adjacency, checkAdjacency, checkEpsilon } from "./privacy.ts";

/** A line of the ledger: what was published, and what it cost. */
export interface LedgerEntry {
  readonly what: string;
  readonly epsilon: number;
}

/**
 * A budget of epsilon over one data set. What is published about the same records adds up (sequential
 * composition); what is published about disjoint parts costs its maximum (parallel composition).
 */
export class PrivacyAccountant {
  readonly budget: number;
  readonly adjacency: Adjacency;
  readonly #ledger: LedgerEntry[] = [];

  constructor(options: { epsilon: number; adjacency: Adjacency }) {
    const fn = "PrivacyAccountant";
    checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
    this.budget = checkEpsilon(fn, "epsilon", options.epsilon);
    this.adjacency = checkAdjacency(fn, options.adjacency);
  }

  /** What was spent so far. */
  get spent(): number {
    return this.#ledger.reduce((sum, { epsilon }) => sum + epsilon, 0);
  }

  /** What is left, at least 0. */
  get remaining(): number {
    return Math.max(0, this.budget - this.spent);
  }

  /** The entries so far; a copy. */
  get ledger(): LedgerEntry[] {
    return [...this.#ledger];
  }

  /**
   * Enters an expense, before anything is published.
   * @throws RangeError `ERR_DOMAIN` if the budget does not suffice; nothing is entered then.
   */
  spend(what: string, epsilon: number): void {
    checkEpsilon("PrivacyAccountant.spend", "epsilon", epsilon);
    // Tenths do not add up exactly in doubles.
    if (this.spent + epsilon > this.budget * (1 + 1e-12)) {
      throw domainError(
        `PrivacyAccountant.spend: ${what} needs epsilon ${epsilon}, but only ${this.remaining} of ${this.budget} is left`,
      );
    }
    this.#ledger.push({ what, epsilon });
  }

  /**
   * Enters the releases of disjoint parts of the data as one expense, their maximum. Under
   * substitution a record can leave one part for another, so that the two largest add up.
   */
  spendParallel(what: string, epsilons: readonly number[]): void {
    checkType(
      Array.isArray(epsilons),
      "PrivacyAccountant.spendParallel",
      "epsilons",
      "an array",
      epsilons,
    );
    for (const epsilon of epsilons)
      checkEpsilon("PrivacyAccountant.spendParallel", "epsilon", epsilon);
    const [first = 0, second = 0] = epsilons.toSorted((a, b) => b - a);
    this.spend(what, this.adjacency === "add-remove" ? first : first + second);
  }
}
