export { InvalidArxivId } from "./arxiv/errors.ts";
export { type ArxivId, parseArxivId } from "./arxiv/id.ts";
export { latexToText } from "./arxiv/latex.ts";
export { mathSpans, type Span } from "./arxiv/math-spans.ts";
export { foldName, parseAuthors } from "./arxiv/names.ts";
export { textLimits } from "./comments/comment-text.ts";
export {
  type ComposedDigest,
  composeDigest,
  type DigestReader,
} from "./digest/compose-digest.ts";
export type { IssueContent } from "./digest/compose-issue.ts";
export type { DigestPaper } from "./digest/digest-paper.ts";
export * from "./feed-error.ts";
export { emailAddress } from "./mail/email-address.ts";
export type { Mail, Mailer, RefusedBy } from "./mail/mail.ts";
export { MailRefused } from "./mail/mail.ts";
export { renderMarkdown, renderThread } from "./markup/markdown.ts";
export { mathToText } from "./markup/math-to-text.ts";
export { proseToHtml, proseToText } from "./markup/prose.ts";
export { renderMath } from "./markup/render-math.ts";
export type * from "./papers/paper-view.ts";
export {
  dayInWords,
  kinds,
  neighbours,
  type Period,
  parsePeriod,
  periodOf,
  within,
} from "./period/period.ts";
export { EmbeddingDimensionMismatch } from "./search/dense/embedding-dimension-mismatch.ts";
export {
  type Evaluation,
  evaluate,
  type JudgedQuery,
  type Measure,
  mean,
} from "./search/evaluation/evaluate.ts";
export type { Gains } from "./search/evaluation/measures.ts";
export { type Difference, pairedBootstrap } from "./search/evaluation/paired-bootstrap.ts";
export type { SearchFilters } from "./search/filters.ts";
export type { IndexedPaper } from "./search/indexed-paper.ts";
export { type Bm25Parameters, bm25Defaults } from "./search/lexical/bm25.ts";
export { InvertedIndex } from "./search/lexical/inverted-index.ts";
export { fitLsa, type LsaFactors } from "./search/lsa/fit-lsa.ts";
export {
  type FieldWeights,
  type Hit,
  SearchIndex,
  type SearchIndexOptions,
  type SearchRequest,
  type SearchResult,
} from "./search/search-index.ts";
export { stopWords } from "./search/text/stop-words.ts";
export { words } from "./search/text/words.ts";
export { composeConfirmation } from "./subscriptions/confirmation-mail.ts";
export type { Preferences } from "./subscriptions/preferences.ts";
export { nextRun, type Schedule } from "./subscriptions/schedule.ts";
export { isZone } from "./subscriptions/zone.ts";
export {
  explainHeat,
  type Ranked,
  type TrendingFormula,
  trendingFormulas,
} from "./trending/explain.ts";
export * from "./trending/formulas.ts";
