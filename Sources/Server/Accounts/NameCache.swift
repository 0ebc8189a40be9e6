import Events
import Synchronization

/// Names of accounts, looked up once. Names do not change, but guests get one when they register.
final class NameCache: Sendable {
  private let names = Mutex<[UserID: String]>([:])
  private let accounts: Accounts
  private let capacity: Int

  /// Names of `accounts`; at most `capacity` are kept.
  init(accounts: Accounts, capacity: Int = 200_000) {
    self.accounts = accounts
    self.capacity = capacity
  }

  /// Forgets a name.
  func forget(_ user: UserID) { names.withLock { $0[user] = nil } }

  /// The names of some accounts; guests and strangers have none. One query for all whose name is not known.
  /// - Throws: ``ProblemCode/databaseAway`` when a name has to be looked up and cannot.
  func names(of users: [UserID]) async throws(Problem) -> [UserID: String] {
    var found = names.withLock { names in
      Dictionary(users.compactMap { user in names[user].map { (user, $0) } }) { first, _ in first }
    }
    let missing = users.filter { found[$0] == nil }
    if missing.isEmpty { return found }
    let loaded: [Account]
    do throws(AccountError) { loaded = try await accounts.accounts(missing) } catch { throw Problem(error) }
    for account in loaded { found[account.id] = account.name }
    let all = found
    names.withLock { names in
      if names.count + missing.count > capacity { names.removeAll(keepingCapacity: true) }
      for user in missing { names[user] = all[user] }
    }
    return all
  }
}
