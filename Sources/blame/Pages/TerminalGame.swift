import Commands
import Events
import Foundation
import Racing
import Server

/// A race played lap by lap in the terminal.
struct TerminalGame {
  let parts: ServerParts
  let race: RaceSummary
  let driver: DriverCode
  let account: UserID
  private var view: SimulationView?

  /// A game that has not begun.
  init(parts: ServerParts, race: RaceSummary, driver: DriverCode, account: UserID) {
    self.parts = parts
    self.race = race
    self.driver = driver
    self.account = account
  }

  /// Plays until the flag, or until the player gives up or closes the input; a run left open can be gone on with.
  mutating func play(start: Compound?, _ output: OutputOptions) async throws {
    try await send(.startSimulation(StartSimulation(race: race.key, driver: driver, compound: start)))
    if !output.json { Terminal.print(Self.help) }
    while let view, view.status == .running {
      if !output.json { showState(view) }
      guard let line = readLine(strippingNewline: true) else { break }
      guard try await obey(line, view) else { break }
    }
    guard let view else { return }
    if output.json { return Terminal.print(Console(parts).reply(view).text) }
    if view.status == .finished {
      ScoreSheet(view, race: race).print()
      return try await review(view)
    }
    Terminal.print("The run \(view.simulation) stays at lap \(view.lap).")
  }

  private func review(_ view: SimulationView) async throws {
    do throws(CommandError) {
      ReviewPage(review: try await parts.commands.review(of: view.simulation, by: account)).print()
    } catch { throw Failure.failed("\(error)") }
  }

  private static let help = """
    Enter drives one lap, a number drives that many (and stops when the track status changes).
    p TYRE stops at the end of the next lap, s stays out and says so, f drives to the flag, x gives up, q leaves.
    """

  /// Does what a line says; false ends the game.
  private mutating func obey(_ line: String, _ view: SimulationView) async throws -> Bool {
    let words = line.lowercased().split(separator: " ")
    let id = view.simulation
    switch words.first {
    case nil: try await send(.advance(Advance(simulation: id)))
    case "q": return false
    case "x": try await send(.abandon(simulation: id))
    case "f": try await send(.finish(simulation: id))
    case "s": try await send(.makeDecision(MakeDecision(simulation: id, lap: view.lap + 1, choice: .stayOut)))
    case "p": try await pit(words.dropFirst().first, view)
    case let word?:
      guard let laps = Int(word), laps > 0 else {
        Terminal.print("'\(line)' is not understood.\n\(Self.help)")
        return true
      }
      try await send(.advance(Advance(simulation: id, toLap: min(view.lap + laps, view.lapCount))))
    }
    return true
  }

  private mutating func pit(_ word: Substring?, _ view: SimulationView) async throws {
    guard let word, let tyre = Compound(name: word.uppercased()) else {
      return Terminal.print("Which tyre? \(view.next?.compounds.map(\.name).joined(separator: ", ") ?? "")")
    }
    try await send(.makeDecision(MakeDecision(simulation: view.simulation, lap: view.lap + 1, choice: .pit(tyre))))
    if let now = self.view, now.lap == view.lap { try await send(.advance(Advance(simulation: view.simulation))) }
  }

  /// Sends a command; what the rules refuse is shown and the game goes on.
  private mutating func send(_ command: Command) async throws {
    do throws(CommandError) {
      let outcome = try await parts.commands.handle(command, id: CommandID(name: "console:\(UUID())"), actor: account)
      view = outcome.view
      if let interruption = outcome.interruption { Terminal.print(Terminal.bold(Self.text(interruption))) }
    } catch {
      guard error.isMistake else { throw Failure.failed("\(error)") }
      guard view != nil else { throw Failure.usage("\(error)") }
      Terminal.print("\(error)")
    }
  }

  private static func text(_ interruption: Interruption) -> String {
    switch interruption.reason {
    case .trackStatus(let kind): "Lap \(interruption.lap): \(kind.word). What now?"
    case .mustStop: "Lap \(interruption.lap): the rules make you stop now."
    case .notPossible: "Lap \(interruption.lap): that is not possible any more."
    case .rivalStop(let driver): "Lap \(interruption.lap): \(driver) has come in."
    case .rainTyres(let driver): "Lap \(interruption.lap): \(driver) is on other tyres for the weather."
    case .place(let place): "Lap \(interruption.lap): you are P\(place) now."
    }
  }

  private func showState(_ view: SimulationView) {
    let ahead = view.ahead.map { "\($0.driver) \(difference(-$0.milliseconds))" } ?? "nobody ahead"
    let behind = view.behind.map { "\($0.driver) \(difference($0.milliseconds))" } ?? "nobody behind"
    let status = view.next.map { $0.kind == .green ? "" : "  next lap: \($0.kind.word)" } ?? ""
    Terminal.print(
      "lap \(view.lap)/\(view.lapCount)  P\(view.place)  \(clockTime(view.lapTime))  \(view.tyre.compound.name) "
        + "\(view.tyre.laps) laps  \(ahead)  \(behind)\(status)")
    if let box = view.next?.boxNow {
      let next = box.ahead.map { "\(difference($0.gap)) behind \($0.driver)" } ?? "in the lead"
      Terminal.print(
        Terminal.dim(
          "  box now: P\(box.place) (P\(box.places.lowerBound)-P\(box.places.upperBound)), \(next); an estimate"))
    }
    Terminal.draw("> ")
  }
}
