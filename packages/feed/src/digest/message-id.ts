/** What a send is known by: one mail a subscriber, issue and kind. */
export interface SendKey {
  readonly subscriberId: string;
  readonly day: string;
  readonly kind: "daily" | "weekly";
}

/**
 * A send's Message-ID follows from its key alone, so that a mail which is sent again, since nobody
 * knows whether the first was accepted, is the same mail to the reader's mailbox.
 */
export const messageIdOf = ({ subscriberId, day, kind }: SendKey, domain: string): string =>
  `<${kind}.${day}.${subscriberId}@${domain}>`;
