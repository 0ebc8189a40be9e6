/// A tyre compound. The raw value is the index used in every table; ties between compounds go to the lower index.
public enum Compound: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  case soft = 0
  case medium = 1
  case hard = 2
  case intermediate = 3
  case wet = 4

  /// The kinds of tyre that share a track-evolution term.
  public enum Class: UInt8, Sendable, Hashable, CaseIterable {
    case slick = 0
    case intermediate = 1
    case wet = 2
  }

  /// Slick, intermediate or wet.
  public var tyreClass: Class {
    switch self {
    case .soft, .medium, .hard: .slick
    case .intermediate: .intermediate
    case .wet: .wet
    }
  }

  /// `SOFT`, `MEDIUM`, `HARD`, `INTERMEDIATE` or `WET`: the spelling in files, events and answers.
  public var name: String {
    switch self {
    case .soft: "SOFT"
    case .medium: "MEDIUM"
    case .hard: "HARD"
    case .intermediate: "INTERMEDIATE"
    case .wet: "WET"
    }
  }

  /// The compound with that name in upper case; a single letter (S, M, H, I, W) is understood too.
  public init?(name: some StringProtocol) {
    switch name {
    case "SOFT", "S": self = .soft
    case "MEDIUM", "M": self = .medium
    case "HARD", "H": self = .hard
    case "INTERMEDIATE", "I": self = .intermediate
    case "WET", "W": self = .wet
    default: return nil
    }
  }

  /// The lower index first.
  public static func < (left: Compound, right: Compound) -> Bool { left.rawValue < right.rawValue }
}
