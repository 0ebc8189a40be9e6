internal import Events

/// A right that an account is given and loses by events.
public enum AccountRight: Sendable, CaseIterable {
  /// Pro reports.
  case pro
  /// Imports, replays and every job.
  case operating

  func isHeld(by account: AccountState) -> Bool {
    switch self {
    case .pro: account.isPro
    case .operating: account.isOperator
    }
  }

  func event(isGranted: Bool) -> Event {
    switch (self, isGranted) {
    case (.pro, true): .proGranted(ProGranted())
    case (.pro, false): .proRevoked(ProRevoked())
    case (.operating, true): .operatorGranted(OperatorGranted())
    case (.operating, false): .operatorRevoked(OperatorRevoked())
    }
  }
}
