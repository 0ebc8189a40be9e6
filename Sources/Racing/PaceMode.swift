/// How hard the car is driven.
public enum PaceMode: UInt8, Sendable, Hashable, CaseIterable {
  case normal = 0
  case push = 1
  case save = 2
}
