/// The API's answer about a circuit's windows, for people.
struct WindowPage: Decodable {
  struct Laps: Decodable {
    let firstLap: Int
    let lastLap: Int
  }
  struct Tyre: Decodable {
    let compound: String
    let share: Double
    let low: Double
    let high: Double
  }
  struct Stop: Decodable {
    let stop: Int
    let window: Laps
    let confidence: Int?
    let otherWindow: Laps?
    let users: Int
    let compound: String?
    let compounds: [Tyre]
    let undercutMilliseconds: Int64?
  }
  struct Share: Decodable {
    let stops: Int
    let share: Double
  }

  let synthetic: Bool
  let circuit: String
  let season: Int
  let label: String?
  let confidence: Int?
  let users: Int
  let simulations: Int
  let accepted: Int
  let stopCount: Int
  let stopShares: [Share]
  let stops: [Stop]

  /// Prints it.
  func print() {
    Terminal.print(Terminal.bold("\(season) \(circuit)") + (synthetic ? "  (synthetic race)" : ""))
    Terminal.print(
      label
        ?? "\(grouped(users)) players, \(grouped(accepted)) of \(grouped(simulations)) runs with an IQ of 75 or better")
    Terminal.print("stops     " + stopShares.map { "\($0.stops): \(percent($0.share))" }.joined(separator: "  "))
    var table = TextTable([
      ("stop", .left), ("laps", .right), ("confidence", .right), ("tyre", .left), ("undercut", .right),
      ("players", .right),
    ])
    for stop in stops {
      table.add([
        "\(stop.stop) of \(stopCount)", laps(stop), stop.confidence.map { "\($0) %" } ?? "none yet", tyre(stop),
        stop.undercutMilliseconds.map(difference) ?? "", grouped(stop.users),
      ])
    }
    for line in table.lines { Terminal.print(line) }
    Terminal.print(Terminal.dim("confidence: with 95 % certainty at least so many of the crowd stop in the window"))
  }

  private func laps(_ stop: Stop) -> String {
    let main = "\(stop.window.firstLap)-\(stop.window.lastLap)"
    return stop.otherWindow.map { "\(main) (or \($0.firstLap)-\($0.lastLap))" } ?? main
  }

  private func tyre(_ stop: Stop) -> String {
    guard let best = stop.compounds.max(by: { $0.share < $1.share }) else { return "" }
    return "\(best.compound) \(percent(best.share))" + (stop.compound == nil ? ", not settled" : "")
  }

  private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
}
