import Events
import Synchronization

/// Names of accounts, looked up once. Names do not change.
final class NameCache: Sendable {
  private let names = Mutex<[UserID: String?]>([:])
  private let accounts: Accounts
  private let capacity: Int

  /// Names of `accounts`; at most `capacity` are kept.
  init(accounts: Accounts, capacity: Int = 200_000) {
    self.accounts = accounts
    self.capacity = capacity
  }

  /// Forgets a name.
  func forget(_ user: UserID) { names.withLock { $0[user] = nil } }

  /// The names of some accounts; guests and strangers have none. One query for all that are not known yet.
  /// - Throws: ``ProblemCode/databaseAway`` when a name has to be looked up and cannot.
  func names(of users: [UserID]) async throws(Problem) -> [UserID: String] {
    let known = names.withLock { names in users.map { ($0, names[$0]) } }
    let missing = known.filter { $0.1 == nil }.map(\.0)
    var found = Dictionary(known.compactMap { user, name in name.flatMap { $0 }.map { (user, $0) } }) { first, _ in
      first
    }
    if missing.isEmpty { return found }
    let loaded: [Account]
    do throws(AccountError) { loaded = try await accounts.accounts(missing) } catch { throw Problem(error) }
    for account in loaded { found[account.id] = account.name }
    let all = found
    names.withLock { names in
      if names.count + missing.count > capacity { names.removeAll(keepingCapacity: true) }
      for user in missing { names[user] = .some(all[user]) }
    }
    return all
  }
}
