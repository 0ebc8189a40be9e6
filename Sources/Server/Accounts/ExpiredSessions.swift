import Logging

/// Deletes sessions and tokens that ran out, now and every hour. Every server may do it.
struct ExpiredSessions: Sendable {
  let sessions: Sessions
  let logger: Logger

  /// Works until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do throws(AccountError) {
        let count = try await sessions.forgetExpired()
        if count > 0 { logger.debug("what ran out was deleted", metadata: ["rows": "\(count)"]) }
      } catch {
        logger.debug("what ran out was not deleted; the next try is in an hour", metadata: ["reason": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(3600))
    }
  }
}
