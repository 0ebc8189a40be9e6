import Commands
import Events
import Testing

/// What an account's stream says of it.
struct AccountStates {
  private static let user = UserID(high: 0x0192_0000_0000_7000, low: 1 << 63)

  private func state(_ events: [Event]) -> AccountState {
    AccountState(
      events.enumerated().map { index, event in
        RecordedEvent(
          position: Position(rawValue: Int64(index + 1)), stream: StreamID(user: Self.user),
          version: Version(rawValue: Int32(index + 1)), actor: Self.user,
          actorVersion: Version(rawValue: Int32(index + 1)), command: CommandID(high: 0, low: UInt64(index)),
          recordedAt: Timestamp(microseconds: Int64(index)), event: event)
      })
  }

  @Test func `kinds and rights follow the events`() {
    let guest = Event.userRegistered(UserRegistered(kind: .guest))
    #expect(state([]).kind == nil)
    #expect(state([guest]).kind == .guest)
    let claimed = state([guest, .guestRegistered(GuestRegistered())])
    #expect(claimed.kind == .registered && claimed.version == Version(rawValue: 2))
    #expect(state([guest, .proGranted(ProGranted())]).isPro)
    #expect(!state([guest, .proGranted(ProGranted()), .proRevoked(ProRevoked())]).isPro)
    #expect(state([guest, .operatorGranted(OperatorGranted())]).isOperator)
    #expect(!state([guest, .operatorGranted(OperatorGranted()), .operatorRevoked(OperatorRevoked())]).isOperator)
  }

  @Test func `everybody may be ranked until that is taken away`() {
    let registered = Event.userRegistered(UserRegistered(kind: .registered))
    #expect(state([registered]).isRanked)
    #expect(!state([registered, .rankingRevoked(RankingRevoked())]).isRanked)
    #expect(state([registered, .rankingRevoked(RankingRevoked()), .rankingGranted(RankingGranted())]).isRanked)
  }

  @Test func `an erased account has neither, and gets none`() {
    let erased = state([
      .userRegistered(UserRegistered(kind: .guest)), .proGranted(ProGranted()), .userErased(UserErased()),
      .guestRegistered(GuestRegistered()), .proGranted(ProGranted()), .operatorGranted(OperatorGranted()),
    ])
    #expect(erased.kind == nil && !erased.isPro && !erased.isOperator)
    #expect(
      state([
        .userRegistered(UserRegistered(kind: .synthetic)), .guestRegistered(GuestRegistered()),
      ]).kind == .synthetic)
  }
}
