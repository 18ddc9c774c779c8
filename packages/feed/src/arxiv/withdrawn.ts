const words =
  /^(?:(?:this|the) )?(?:(?:paper|article|submission|manuscript|work|preprint|e print|eprint|version) )?(?:(?:has been|have been|is|was|has|being) )?withdrawn(?: |$)/;

/**
 * Whether a comment says that its paper is withdrawn: arXiv has no field for it, but writes such a
 * comment (`This paper has been withdrawn by the author …`). A guess by the comment's first words.
 */
export const saysWithdrawn = (comment: string | null | undefined): boolean =>
  words.test(
    (comment ?? "")
      .slice(0, 300)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
  );
