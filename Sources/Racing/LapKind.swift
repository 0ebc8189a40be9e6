/// What a lap was like.
public enum LapKind: UInt8, Sendable, Hashable, CaseIterable {
  case green = 0
  case yellow = 1
  case virtualSafetyCar = 2
  case safetyCar = 3
  case red = 4
}
