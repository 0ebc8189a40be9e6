import Commands

/// Makes and checks password hashes on threads of their own, a bounded number at a time: guessing passwords must not
/// keep anybody from playing.
final class Passwords: Sendable {
  /// What new hashes cost.
  let cost: ScryptCost
  private let workers: Workers
  private let nobody: PasswordHash

  /// - Parameter threads: passwords that are hashed at a time.
  /// - Parameter waitingMax: passwords that wait; more are refused.
  init(cost: ScryptCost, threads: Int, waitingMax: Int) {
    self.cost = cost
    workers = Workers(threads: threads, waitingMax: waitingMax)
    nobody = PasswordHash.ofNobody(cost: cost)
  }

  /// The hash of a password.
  /// - Throws: `overloaded`.
  func hash(_ password: Password) async throws(AccountError) -> PasswordHash {
    let cost = cost
    return try await run { () throws(PasswordHash.Failure) in try PasswordHash(password, cost: cost) }
  }

  /// Whether a hash is that password's. Without a hash, no, after the same work.
  /// - Throws: `overloaded`.
  func verify(_ password: Password, _ hash: PasswordHash?) async throws(AccountError) -> Bool {
    let nobody = nobody
    let isRight = try await run { () throws(PasswordHash.Failure) in try (hash ?? nobody).matches(password) }
    return isRight && hash != nil
  }

  private func run<Output: Sendable>(
    _ work: @escaping @Sendable () throws(PasswordHash.Failure) -> Output
  ) async throws(AccountError) -> Output {
    let result: Result<Output, PasswordHash.Failure>
    do throws(CommandError) {
      result = try await workers.run { () throws(CommandError) in Result(catching: work) }
    } catch { throw .overloaded }
    do throws(PasswordHash.Failure) { return try result.get() } catch {
      throw .unavailable(reason: "a password could not be hashed")
    }
  }
}
