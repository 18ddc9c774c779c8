export {
  type Account,
  getAccount,
  getAccountByName,
  hasRole,
  requireRole,
} from "./accounts/account.ts";
export { checkFullName, checkName } from "./accounts/account-name.ts";
export {
  type ApiTokenView,
  accountOfApiToken,
  createApiToken,
  listApiTokens,
  revokeApiToken,
} from "./accounts/api-token.ts";
export { type CommentsLeft, deleteAccount } from "./accounts/delete-account.ts";
export { exportAccount } from "./accounts/export-account.ts";
export { forgetExpired } from "./accounts/forget-expired.ts";
export {
  consumeMagicLink,
  magicLinkMinutes,
  requestMagicLink,
  type SignedIn,
} from "./accounts/magic-link.ts";
export { makeAccount } from "./accounts/make-account.ts";
export { listPasskeys, type PasskeyView, removePasskey } from "./accounts/passkey.ts";
export { loginOptions, verifyLogin } from "./accounts/passkey-login.ts";
export { registrationOptions, verifyRegistration } from "./accounts/passkey-registration.ts";
export {
  type Device,
  endSession,
  listSessions,
  type NewSession,
  revokeAllSessions,
  revokeSession,
  rotateSession,
  type SessionView,
  sessionDays,
  sessionOf,
  startSession,
} from "./accounts/session.ts";
export { updateProfile } from "./accounts/update-profile.ts";
export { ArxivClient, type ArxivClientOptions, type ArxivUrls, arxivUrls } from "./arxiv/client.ts";
export {
  UpstreamError,
  UpstreamFormat,
  UpstreamRefusal,
  UpstreamThrottled,
} from "./arxiv/errors.ts";
export { harvestOai, type OaiOptions } from "./arxiv/harvest-oai.ts";
export { readRss } from "./arxiv/harvest-rss.ts";
export { type CatalogueEntry, importCatalogue } from "./arxiv/import-catalogue.ts";
export { indexPaper } from "./arxiv/index-paper.ts";
export { type IngestOptions, ingest } from "./arxiv/ingest.ts";
export { type QueryOptions, type QueryResult, queryArxiv } from "./arxiv/query.ts";
export type { IngestProgress, IngestReport } from "./arxiv/report.ts";
export { type BackupHeader, backup } from "./backup/backup.ts";
export { restore } from "./backup/restore.ts";
export { claimStates, setClaimStates } from "./claims/claim-states.ts";
export type { CommentView } from "./comments/comment-view.ts";
export { listComments } from "./comments/list-comments.ts";
export {
  addComment,
  commentEdits,
  deleteComment,
  editComment,
  eraseComment,
  type OwnComment,
  reportComment,
} from "./comments/write-comment.ts";
export { newId } from "./database/id.ts";
export { DataDirectoryInUse } from "./database/lock.ts";
export { type Database, type Db, json, openDatabase, type Place } from "./database/open.ts";
export { nextRevision } from "./database/revision.ts";
export type * from "./database/tables.ts";
export { inTransaction } from "./database/transaction.ts";
export { settleUnknown } from "./digest/claim-again.ts";
export { type DigestOptions, type DigestReport, runDigest } from "./digest/run-digest.ts";
export { type BounceListenerOptions, openBounceListener } from "./mail/bounce-listener.ts";
export { type BounceReport, readBounce } from "./mail/bounce-report.ts";
export { type MailerOptions, openMailer } from "./mail/open-mailer.ts";
export { listOutbox, type OutboxMail, readOutbox } from "./mail/outbox-mailer.ts";
export { type Received, type ReceivedMail, receiveMail } from "./mail/receive-mail.ts";
export { type AuditEntry, type AuditView, audit, auditLog } from "./moderation/audit.ts";
export type { Act, Moderator } from "./moderation/moderate.ts";
export { reinstateAccount, setRole, suspendAccount } from "./moderation/moderate-accounts.ts";
export {
  dismissReports,
  hideComment,
  type ReportedComment,
  reports,
  restoreComment,
} from "./moderation/moderate-comments.ts";
export { hidePaper, showPaper } from "./moderation/moderate-papers.ts";
export { changedSince, latestRevision, topicCounts } from "./papers/changes.ts";
export { cursorPage } from "./papers/cursor-page.ts";
export { filledDays, lastFilledDay, neighbouringDays } from "./papers/feed-days.ts";
export { type FeedQuery, feedPage } from "./papers/feed-page.ts";
export { feedState } from "./papers/feed-state.ts";
export {
  getPaper,
  getPaperByObjectId,
  getPaperBySlug,
  getPapers,
  paperVersions,
  type Viewer,
} from "./papers/get-paper.ts";
export { listPaper } from "./papers/list-paper.ts";
export { type Room, setRoom } from "./papers/set-room.ts";
export { type PaperInput, type Upserted, upsertPapers } from "./papers/upsert-papers.ts";
export { clientAddress, ipPrefix, storedPrefix } from "./safety/address.ts";
export { checkCsrf, csrfToken, type FormOwner, fromOwnPage } from "./safety/csrf.ts";
export { type Bucket, type LimitName, limits } from "./safety/limits.ts";
export { isPublicAddress } from "./safety/public-address.ts";
export { RateLimiter, rateLimitHeaders, type Taken } from "./safety/rate-limiter.ts";
export { redact, redactText } from "./safety/redact.ts";
export {
  type Fetched,
  type SafeFetchOptions,
  safeFetch,
  UnsafeFetch,
} from "./safety/safe-fetch.ts";
export { secret } from "./safety/secret.ts";
export { takeVote } from "./safety/take-vote.ts";
export { equalSafely, hashToken, newToken } from "./safety/token.ts";
export { TokenExpired } from "./safety/token-expired.ts";
export { type EmbedMissingOptions, embedMissing } from "./search/embedders/embed-missing.ts";
export type { Embedder } from "./search/embedders/embedder.ts";
export { type OpenEmbedderOptions, openEmbedder } from "./search/embedders/open-embedder.ts";
export { Search, type SearchOptions } from "./search/follow/search.ts";
export {
  type AuthorClaim,
  type AuthorClaimStatus,
  authorClaims,
  claimAuthorship,
} from "./submissions/author-claims.ts";
export { type Links, setLinks } from "./submissions/set-links.ts";
export { type SubmissionRules, submissionRules, submitPaper } from "./submissions/submit-paper.ts";
export { confirmSubscription } from "./subscriptions/confirm-subscription.ts";
export {
  getSubscription,
  unsubscribe,
  updateSubscription,
} from "./subscriptions/manage-subscription.ts";
export {
  requestSubscription,
  type SubscriptionRequest,
} from "./subscriptions/request-subscription.ts";
export { type Subscription, subscriptionToken } from "./subscriptions/subscriber.ts";
export { cancelSweep } from "./sweeps/cancel-sweep.ts";
export {
  attemptsAllowed,
  type BegunCell,
  beatCell,
  beginCell,
  type CellKey,
  endCell,
  finishCell,
  giveBackCell,
  giveUpCell,
  keepEvent,
  type Standing,
} from "./sweeps/do-cell.ts";
export {
  type CellEvent,
  cellEvents,
  cellsOf,
  findSweep,
  listSweeps,
  openCells,
} from "./sweeps/find-sweeps.ts";
export { makeSweep, type NewCell, type NewSweep } from "./sweeps/make-sweep.ts";
export type { CellView, SweepView } from "./sweeps/sweep-view.ts";
export {
  forgetSweepWorker,
  reportSweepWorker,
  type SweepWorkerView,
  sweepWorkers,
} from "./sweeps/sweep-workers.ts";
export { takeUpCells } from "./sweeps/take-up-cells.ts";
export { removeVotes, unvote, type Voted, vote, votedPapers } from "./votes/vote.ts";
