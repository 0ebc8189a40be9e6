import Events
package import Projections
package import Racing

/// What a replay found: the model that it built beside the one that queries see.
package struct ReplayReport: Sendable {
  /// Where both stand.
  let position: Position
  /// Hash of what queries see, lower-case hexadecimal.
  package let live: String
  /// Hash of the model that was built.
  package let replayed: String
  /// Users and windows of the one beside those of the other.
  package let comparison: RulesComparison

  /// Compares two models at one position. O(state).
  /// - Parameter references: what the model knows of the races whose windows are compared.
  package init(
    _ live: ReadModel, _ replayed: ReadModel, references: [(race: RaceKey, circuit: String, CrowdReference)]
  ) {
    position = replayed.position
    self.live = live.stateHash
    self.replayed = replayed.stateHash
    comparison = RulesComparison(live, replayed, references: references)
  }
}

extension JSONWriter {
  /// The members of a report.
  /// - Parameter usersMax: users that are listed one by one; nil lists all that differ.
  package mutating func members(of report: ReplayReport, usersMax: Int? = nil) {
    field("position", report.position.rawValue)
    field("live", report.live)
    field("replayed", report.replayed)
    field("equal", report.live == report.replayed)
    field("listed", report.comparison.userCount)
    field("usersChanged", report.comparison.users.count)
    array("users", report.comparison.users.prefix(usersMax ?? .max)) { json, user in
      json.object { json in
        json.field("user", user.user.description)
        json.place("before", user.before)
        json.place("after", user.after)
      }
    }
    field("windows", report.comparison.windows.count)
    array("windowsChanged", report.comparison.windows.filter { !$0.isEqual }) { json, window in
      json.object { json in
        json.field("season", window.race.season)
        json.field("round", window.race.round)
        json.field("circuit", window.circuit)
        json.windows("before", window.before)
        json.windows("after", window.after)
      }
    }
  }

  private mutating func place(_ key: StaticString, _ place: RulesComparison.Place?) {
    guard let place else { return null(key) }
    object(key) { json in
      json.field("rank", place.rank)
      json.decimal("iq", place.rating, places: 2)
    }
  }

  private mutating func windows(_ key: StaticString, _ strategy: OptimalStrategy?) {
    guard let strategy else { return null(key) }
    object(key) { json in
      json.field("stopCount", strategy.stopCount)
      json.field("confidence", strategy.confidence)
      json.field("accepted", strategy.accepted)
      json.array("stops", strategy.stops) { json, stop in
        json.object { json in
          json.field("firstLap", stop.window.laps.lowerBound)
          json.field("lastLap", stop.window.laps.upperBound)
        }
      }
    }
  }
}
