public import Events
internal import Racing

extension CommandHandler {
  /// Registers a new account under an id made by the caller.
  /// - Throws: `alreadyRegistered`, `commandIdReused`, `overloaded`, `unavailable`.
  public func registerUser(
    _ account: UserID, kind: UserRegistered.Kind, id: CommandID
  ) async throws(CommandError) -> RegistrationOutcome {
    let stream = StreamID(account: account)
    let fingerprint = kind.fingerprint(for: account)
    let answer = StoredAnswer(
      fingerprint: fingerprint, simulation: nil, version: Version(rawValue: 1), interruption: nil)
    let appended: Appended
    do throws(AppendError) {
      appended = try await log.append(
        Append(
          command: id, actor: account, expectations: [.init(stream: stream, version: .none)],
          events: [.init(stream: stream, event: .userRegistered(UserRegistered(kind: kind)))], answer: answer.bytes))
    } catch {
      guard case .conflict = error, let known = try await accountKind(of: account) else { throw CommandError(error) }
      throw .alreadyRegistered(account, as: known)
    }
    guard !appended.isRepeat || StoredAnswer(bytes: appended.answer)?.fingerprint == fingerprint else {
      throw .commandIdReused(id)
    }
    return RegistrationOutcome(account: account, position: appended.first, isRepeat: appended.isRepeat)
  }

  /// Erases an account: projections drop everything derived from it, and the log keeps what the proofs need.
  /// - Returns: the position of the erasure; the first one's when it was erased before.
  /// - Throws: `unknownAccount`, `overloaded`, `unavailable`.
  public func eraseUser(_ account: UserID, id: CommandID) async throws(CommandError) -> Position {
    let stream = StreamID(account: account)
    do throws(AppendError) {
      return try await log.append(
        Append(
          command: id, actor: account, expectations: [.init(stream: stream, version: .exists)],
          events: [.init(stream: stream, event: .userErased(UserErased()))])
      ).first
    } catch {
      guard case .conflict = error else { throw CommandError(error) }
      throw .unknownAccount(account)
    }
  }

  /// How the account stands to a race; an account the projections do not know yet is looked up in the log.
  func standing(
    of account: UserID, on race: RaceKey, besides simulation: StreamID?
  ) async throws(CommandError) -> PlayerStanding {
    var standing: PlayerStanding
    do throws(HistoryUnavailable) {
      standing = try await history.standing(of: account, on: race, besides: simulation)
    } catch {
      throw .unavailable(reason: error.reason)
    }
    if standing.kind == nil { standing.kind = try await accountKind(of: account) }
    guard standing.kind != nil else { throw .unknownAccount(account) }
    return standing
  }

  /// What the account's stream says it is; nil when it does not exist or was erased.
  private func accountKind(of account: UserID) async throws(CommandError) -> UserRegistered.Kind? {
    var kind: UserRegistered.Kind?
    for recorded in try await events(of: StreamID(account: account), after: .zero) {
      switch recorded.event {
      case .userRegistered(let registered): kind = registered.kind
      case .userErased: kind = nil
      default: break
      }
    }
    return kind
  }
}

extension StreamID {
  /// The stream of an account.
  init(account: UserID) { self.init(high: account.high, low: account.low) }
}
