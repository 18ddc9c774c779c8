/** What the writers of a load were told is stored: at the end it must be there, and nothing else. */
export class AccountBook {
  /** Who has a vote on a paper, by their numbers. */
  readonly votes = new Map<string, Set<number>>();
  readonly comments = new Map<string, WrittenComment>();

  vote(paperId: string, writer: number, voted: boolean): void {
    const voters = this.votes.get(paperId) ?? new Set();
    this.votes.set(paperId, voters);
    if (voted) voters.add(writer);
    else voters.delete(writer);
  }

  get voteCount(): number {
    return this.votes.values().reduce((sum, { size }) => sum + size, 0);
  }

  /** The papers that anybody did something to. */
  get papers(): string[] {
    const commented = this.comments.values().map(({ paperId }) => paperId);
    return [...new Set([...this.votes.keys(), ...commented])].sort();
  }
}

export interface WrittenComment {
  readonly paperId: string;
  readonly writer: number;
  readonly body: string;
  readonly deleted: boolean;
}
