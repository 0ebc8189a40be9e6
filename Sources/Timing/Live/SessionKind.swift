/// What kind of session it is, by what it is and not by what it is called.
public enum SessionKind: String, Sendable, Equatable, CaseIterable {
  case fp1, fp2, fp3, qualifying
  /// A qualifying for the sprint: Sprint Shootout in 2023, Sprint Qualifying from 2024 on.
  case sprintQualifying = "sprint_qualifying"
  /// A sprint race: Sprint Qualifying in 2021, Sprint from 2022 on.
  case sprint
  case race, test

  /// Cars start together and race for places.
  public var isRaceLike: Bool { self == .race || self == .sprint }
  /// Laps count towards a grid.
  public var isQualifyingLike: Bool { self == .qualifying || self == .sprintQualifying }

  /// The kind of a session with F1's `Type` and `Name`. The type is believed before the name: a Sprint Qualifying of
  /// 2021 is a race.
  public init?(type: String, name: String, meeting: String = "") {
    switch type.lowercased() {
    case "race":
      if name.contains("Track Test") {
        self = .test
      } else {
        self = name.contains("Sprint") ? .sprint : .race
      }
    case "qualifying":
      self = name.contains("Sprint") ? .sprintQualifying : .qualifying
    case "practice":
      if name.hasPrefix("Day") || meeting.contains("Test") || meeting.contains("Pre-Season") {
        self = .test
      } else {
        self = name.hasSuffix("2") ? .fp2 : name.hasSuffix("3") ? .fp3 : .fp1
      }
    default: return nil
    }
  }
}
