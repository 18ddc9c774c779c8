/**
 * Whether a comment says that its paper is withdrawn: arXiv has no field for it, but writes such a
 * comment (`This paper has been withdrawn by the author …`). A guess by the comment's first words.
 */
export const saysWithdrawn = (comment: string | null | undefined): boolean =>
  /^\W*(?:this|the)?\s*(?:paper|article|submission|manuscript|work|preprint|e-?print|version)?\s*(?:has been|have been|is|was|has|being)?\s*withdrawn\b/i.test(
    comment ?? "",
  );
