import Commands
import Events
import Racing
import Server

/// Who plays what: every bot one run of every race.
struct CrowdPlan {
  /// The races, with the cars that can be taken over.
  let races: [Race]
  let users: Int
  let seed: UInt64

  /// A race the crowd plays.
  struct Race {
    let summary: RaceSummary
    let worlds: [SimulationWorld]
  }

  /// Prepares the worlds of every car; a race the model refuses is left out.
  static func prepare(
    _ summaries: [RaceSummary], users: Int, seed: UInt64, in parts: ServerParts
  ) async throws -> CrowdPlan {
    var races: [Race] = []
    for summary in summaries {
      var worlds: [SimulationWorld] = []
      for driver in summary.drivers {
        do throws(CatalogError) {
          worlds.append(try await parts.library.world(of: summary.key, driver: driver.code, artefact: nil))
        } catch {
          if case .unavailable(let reason) = error {
            throw Failure.failed("The race data cannot be reached: \(reason)")
          }
        }
      }
      if !worlds.isEmpty { races.append(Race(summary: summary, worlds: worlds)) }
    }
    return CrowdPlan(races: races, users: users, seed: seed)
  }

  /// Plays all of it, at most `concurrency` bots at a time.
  /// - Returns: the IQ of every run in hundredths, in no order.
  func play(
    _ parts: ServerParts, concurrency: Int, ledger: Ledger?, progress: @escaping @Sendable (Int32) -> Void
  ) async throws -> [Int32] {
    try await withThrowingTaskGroup(of: [Int32].self) { group in
      var scores: [Int32] = []
      for index in 0..<users {
        if index >= concurrency { scores += try await group.next() ?? [] }
        group.addTask { try await playAll(index, parts, ledger, progress) }
      }
      for try await rest in group { scores += rest }
      return scores
    }
  }

  private func playAll(
    _ index: Int, _ parts: ServerParts, _ ledger: Ledger?, _ progress: @Sendable (Int32) -> Void
  ) async throws -> [Int32] {
    let account = try await account(index, parts)
    var scores: [Int32] = []
    for race in races {
      var source = Self.chance(seed, index, race.summary.key)
      var bot = Bot(skill: Self.skill(index, users), seed: source.next())
      var ids = CommandIDs(seed: source.next())
      let world = race.worlds[Int(source.next() % UInt64(race.worlds.count))]
      let run = BotRun(
        handler: parts.commands, user: account, race: race.summary.key, world: world,
        acknowledged: { command, outcome in ledger?.note(command, outcome) })
      let view = try await run.play(&bot, ids: &ids)
      let iq = view.result?.finished.iq ?? 0
      scores.append(iq)
      progress(iq)
    }
    return scores
  }

  /// The choices of a bot in a race: the same wherever the race stands in the list of those that are played.
  private static func chance(_ seed: UInt64, _ index: Int, _ race: RaceKey) -> SplitMix {
    var bots = SplitMix(seed: seed)
    var mixed = SplitMix(seed: bots.next() &+ UInt64(index))
    return SplitMix(seed: mixed.next() &+ UInt64(race.season) << 16 &+ UInt64(race.round))
  }

  /// Skills from 0 to 100, evenly, in an order that mixes them.
  private static func skill(_ index: Int, _ users: Int) -> Int { (index * 61 + 17) % 101 }

  /// The bot's account: the same for the same seed, registered the first time.
  private func account(_ index: Int, _ parts: ServerParts) async throws -> UserID {
    let name = "bot \(seed)-\(index)"
    while true {
      do throws(AccountError) {
        return try await parts.accounts.registered(kind: .synthetic, name: name).id
      } catch {
        guard error.isPassing else { throw Failure.failed("The account '\(name)' could not be opened: \(error)") }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
  }
}

extension AccountError {
  /// The same may work in a moment.
  fileprivate var isPassing: Bool {
    switch self {
    case .unavailable: true
    case .refused(let error): error.pause != nil
    default: false
    }
  }
}
