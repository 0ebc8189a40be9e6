internal import Events

/// A right that an account is given and loses by events.
public enum AccountRight: Sendable, CaseIterable {
  /// Pro reports.
  case pro
  /// Imports, replays and every job.
  case operating
  /// Runs that count for ratings and windows. Everybody holds it until it is taken away.
  case ranking

  func isHeld(by account: AccountState) -> Bool {
    switch self {
    case .pro: account.isPro
    case .operating: account.isOperator
    case .ranking: account.isRanked
    }
  }

  func event(isGranted: Bool) -> Event {
    switch (self, isGranted) {
    case (.pro, true): .proGranted(ProGranted())
    case (.pro, false): .proRevoked(ProRevoked())
    case (.operating, true): .operatorGranted(OperatorGranted())
    case (.operating, false): .operatorRevoked(OperatorRevoked())
    case (.ranking, true): .rankingGranted(RankingGranted())
    case (.ranking, false): .rankingRevoked(RankingRevoked())
    }
  }
}
