import Racing

/// Official results where the export has them; the rules of the sport applied to the order on the road where not.
struct FastF1Classification {
  let results: FastF1Results?
  let cars: [FastF1LapsTable.Car]
  let lapCount: Int
  let finish: Int64?

  /// The result of that car with that many official laps.
  func result(of car: FastF1LapsTable.Car, laps: Int, row: FastF1Results.Row?) -> Classification {
    Classification(
      position: position(of: car, laps: laps, row: row), status: status(of: car, row: row), laps: laps,
      timeMilliseconds: laps == lapCount ? row.flatMap { results?.time(of: $0) } : nil)
  }

  /// The status says that the driver did not take part.
  static func isAbsent(_ status: String) -> Bool {
    ["Did not start", "Did not qualify", "Did not prequalify", "Withdrew"].contains(status)
  }

  /// A car is classified when it completed 90 % of the winner's laps, rounded down.
  private func position(of car: FastF1LapsTable.Car, laps: Int, row: FastF1Results.Row?) -> Int? {
    if let classified = row?.classified.nonEmpty { return Int(classified) }
    guard laps * 10 >= lapCount * 9 / 10 * 10 else { return nil }
    return row?.position ?? roadPosition(of: car)
  }

  private func roadPosition(of car: FastF1LapsTable.Car) -> Int? {
    guard let own = car.lastCompleted else { return nil }
    let ahead = cars.compactMap(\.lastCompleted).count { other in
      (-other.lapNumber, other.end ?? .max) < (-own.lapNumber, own.end ?? .max)
    }
    return ahead + 1
  }

  /// `Finished` for everybody who took the flag, lapped or not.
  private func status(of car: FastF1LapsTable.Car, row: FastF1Results.Row?) -> String {
    if let status = row?.status.nonEmpty {
      return status == "Lapped" || (status.hasPrefix("+") && status.contains("Lap")) ? "Finished" : status
    }
    guard let finish, let end = car.lastCompleted?.end else { return "Retired" }
    return end >= finish ? "Finished" : "Retired"
  }
}
