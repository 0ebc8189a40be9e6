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
      guard case .conflict = error, let known = try await accountState(of: account).kind else {
        throw CommandError(error)
      }
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
    if standing.kind == nil { standing.kind = try await accountState(of: account).kind }
    guard standing.kind != nil else { throw .unknownAccount(account) }
    return standing
  }

  /// What the account's stream says of it, read from the log now.
  /// - Throws: `unavailable`, `unreadable`.
  public func accountState(of account: UserID) async throws(CommandError) -> AccountState {
    AccountState(try await events(of: StreamID(account: account), after: .zero))
  }

  /// Makes a guest a registered account. Runs that it began before stay practice.
  /// - Returns: the position of the event; nil when the account was registered already.
  /// - Throws: `unknownAccount`, `conflict`, `overloaded`, `unavailable`.
  public func registerGuest(_ account: UserID, id: CommandID) async throws(CommandError) -> Position? {
    try await changeAccount(account, id: id) { $0.kind == .guest ? .guestRegistered(GuestRegistered()) : nil }
  }

  /// Gives an account a right or takes it away.
  /// - Returns: the position of the event; nil when that was so already.
  /// - Throws: `unknownAccount`, `conflict`, `overloaded`, `unavailable`.
  public func setRight(
    _ right: AccountRight, of account: UserID, isGranted: Bool, id: CommandID
  ) async throws(CommandError) -> Position? {
    try await changeAccount(account, id: id) {
      right.isHeld(by: $0) == isGranted ? nil : right.event(isGranted: isGranted)
    }
  }

  /// Appends what `decide` makes of the account as it is.
  private func changeAccount(
    _ account: UserID, id: CommandID, _ decide: (AccountState) -> Event?
  ) async throws(CommandError) -> Position? {
    let state = try await accountState(of: account)
    guard state.kind != nil else { throw .unknownAccount(account) }
    guard let event = decide(state) else { return nil }
    let stream = StreamID(account: account)
    do throws(AppendError) {
      return try await log.append(
        Append(
          command: id, actor: account, expectations: [.init(stream: stream, version: .exactly(state.version))],
          events: [.init(stream: stream, event: event)])
      ).first
    } catch { throw CommandError(error) }
  }
}

extension StreamID {
  /// The stream of an account.
  init(account: UserID) { self.init(high: account.high, low: account.low) }
}
