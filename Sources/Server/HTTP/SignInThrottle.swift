/// How often passwords may be tried and accounts opened. Counts what was asked, whether there is such an account or not.
final class SignInThrottle: Sendable {
  private let byAccountAndAddress: RateLimiter
  private let byAccount: RateLimiter
  private let byAddress: RateLimiter
  private let registrations: RateLimiter

  init(_ limits: Limits) {
    func limiter(_ perHour: Int) -> RateLimiter { RateLimiter(perHour: perHour, burst: max(1, perHour / 6)) }
    byAccountAndAddress = limiter(limits.passwordsPerHour)
    // A stranger who tries an account's password from many addresses must not keep its owner out for long.
    byAccount = limiter(limits.passwordsPerHour * 10)
    byAddress = limiter(limits.passwordsPerHour * 10)
    registrations = limiter(limits.registrationsPerHour)
  }

  /// - Parameter account: what somebody says who they are.
  /// - Throws: ``ProblemCode/tooManyRequests``.
  func tryPassword(of account: String, from address: String) throws(Problem) {
    let account = account.lowercased()
    let waits = [
      byAccountAndAddress.take("\(account) \(address)"), byAccount.take(account), byAddress.take(address),
    ]
    if let seconds = waits.compactMap({ $0 }).max() { throw Self.refusal("passwords were tried", seconds) }
  }

  /// - Throws: ``ProblemCode/tooManyRequests``.
  func register(from address: String) throws(Problem) {
    if let seconds = registrations.take(address) { throw Self.refusal("accounts were asked for", seconds) }
  }

  private static func refusal(_ what: String, _ seconds: Int) -> Problem {
    Problem(.tooManyRequests, "Too many \(what); try again in \(seconds) s.", retryAfterSeconds: seconds)
  }
}
