import Events
import Projections
import TestSupport
import Testing

@testable import EventStore

/// Faults at random moments, chosen by a seed: whatever happens, the log, the projections and the signed tree are those of a
/// run without faults over the same events.
@Suite struct FaultSimulationTests {
  /// What one account does, one command after the other.
  private struct Client {
    var commands: ArraySlice<Append>
    var isWaiting = false
    var acknowledged: [CommandID: Appended] = [:]
  }

  /// A random history as the commands of its accounts; race imports are the first client's and come first.
  private static func clients(seed: UInt64) -> [Client] {
    var options = RandomHistory.Options()
    options.events = 600
    options.users = 12
    var byActor: [UserID: [Append]] = [:]
    var order: [UserID] = []
    var imports: [Append] = []
    var owners: [StreamID: UserID] = [:]
    for recorded in RandomHistory.events(seed: seed, options) {
      var event = recorded.event
      if case .simulationStarted(var start) = event {
        // What it forks from may come later here.
        start.forkOf = nil
        event = .simulationStarted(start)
      }
      let append = Append(
        command: CommandID(high: 1, low: UInt64(recorded.position.rawValue)), actor: recorded.actor,
        expectations: [
          .init(stream: recorded.stream, version: recorded.version == Version(rawValue: 1) ? .none : .any)
        ],
        events: [.init(stream: recorded.stream, event: event)])
      guard let actor = owner(of: recorded, &owners) else {
        imports.append(append)
        continue
      }
      if byActor[actor] == nil { order.append(actor) }
      byActor[actor, default: []].append(append)
    }
    return [Client(commands: imports[...])] + order.map { Client(commands: (byActor[$0] ?? [])[...]) }
  }

  /// Whose affair an event is, whoever caused it: nobody's for races.
  private static func owner(of recorded: RecordedEvent, _ owners: inout [StreamID: UserID]) -> UserID? {
    switch recorded.event {
    case .raceImported, .autopsyComputed, .scoringRulesProposed, .scoringRulesChanged, .eventQuarantined: return nil
    case .userRegistered, .guestRegistered, .userErased, .proGranted, .proRevoked, .operatorGranted, .operatorRevoked,
      .rankingRevoked, .rankingGranted:
      return UserID(high: recorded.stream.high, low: recorded.stream.low)
    default:
      owners[recorded.stream] = owners[recorded.stream] ?? recorded.actor
      return owners[recorded.stream]
    }
  }

  private struct World {
    var random: SplitMix64
    var database = SimulatedDatabase()
    var servers = [SimulatedServer(), SimulatedServer()]
    var clients: [Client]
    var faults = 0
    /// Answers other than where the command's events stand; there are none.
    var refusals: [String] = []

    init(seed: UInt64) {
      random = SplitMix64(seed: seed)
      clients = FaultSimulationTests.clients(seed: seed)
    }

    var isDone: Bool { clients.allSatisfy { $0.commands.isEmpty } }

    mutating func step(withFaults: Bool) throws {
      let server = Int.random(in: 0..<2, using: &random)
      let lane = Int.random(in: 0..<2, using: &random)
      switch Int.random(in: 0..<(withFaults ? 1000 : 940), using: &random) {
      case 0..<350: submit(to: server)
      case 350..<750: answer(servers[server].step(lane: lane, &database))
      case 750..<850:
        try servers[server].project(
          database, count: Int.random(in: 1...30, using: &random), repeating: Int.random(in: 0...5, using: &random))
      case 850..<920: servers[server].sign(&database)
      case 920..<940:
        if servers[server].integration == nil {
          let isSound = servers[server].lead(&database)
          #expect(isSound, "the tree that was signed cannot be derived again")
        }
      case 940..<960:
        servers[server].snapshot(
          damaging: Bool.random(using: &random) ? Int.random(in: 0..<1 << 20, using: &random) : nil)
      default: fault(server, lane)
      }
    }

    private mutating func fault(_ server: Int, _ lane: Int) {
      faults += 1
      switch Int.random(in: 0..<8, using: &random) {
      case 0..<4: servers[server].disconnect(lane: lane)
      case 4..<6:
        servers[server].crash()
        // Its clients were not answered: they send the same commands again, to any server.
        for client in clients.indices { clients[client].isWaiting = false }
      default:
        database.crash(&random)
        for server in servers.indices { for lane in 0..<2 { servers[server].disconnect(lane: lane) } }
      }
    }

    private mutating func submit(to server: Int) {
      let client = clients[0].commands.isEmpty ? Int.random(in: 0..<clients.count, using: &random) : 0
      guard !clients[client].isWaiting, let command = clients[client].commands.first else { return }
      clients[client].isWaiting = servers[server].submit(EncodedAppend(command), by: client)
    }

    private mutating func answer(_ answers: [(client: Int, answer: Result<Appended, AppendError>)]) {
      for (client, answer) in answers {
        guard case .success(let appended) = answer, Int(appended.first.rawValue) <= database.events.count else {
          refusals.append("\(answer)")
          continue
        }
        let command = database.events[Int(appended.first.rawValue) - 1].command
        clients[client].acknowledged[command] = appended
        if clients[client].commands.first?.command == command {
          clients[client].commands.removeFirst()
          clients[client].isWaiting = false
        }
      }
    }
  }

  @Test(arguments: Array(UInt64(1)...16))
  func `nothing acknowledged is lost, nothing happens twice, and all states are those of a run without faults`(
    seed: UInt64
  ) throws {
    var world = World(seed: seed)
    var steps = 0
    while !world.isDone {
      try world.step(withFaults: true)
      steps += 1
      try #require(steps < 100_000, "seed \(seed) comes to no end")
    }
    for _ in 0..<3000 { try world.step(withFaults: false) }
    let database = world.database
    #expect(world.faults > 20, "seed \(seed)")
    #expect(world.refusals.isEmpty, "seed \(seed)")
    #expect(database.events.map(\.position.rawValue) == Array(1...Int64(database.events.count)), "seed \(seed)")
    #expect(
      Set(database.events.map(\.command)).count == database.events.count, "seed \(seed): a command happened twice")
    for client in world.clients {
      for (command, place) in client.acknowledged {
        #expect(database.events[Int(place.first.rawValue) - 1].command == command, "seed \(seed): \(command) is lost")
      }
    }
    var serial = ReadModel()
    try serial.apply(database.events)
    var tree = TreeBuilder()
    var roots: [Int64: TreeHash] = [:]
    for event in database.events {
      tree.append(EventRow(event).leafHash)
      roots[tree.size] = tree.root
    }
    for server in world.servers {
      var server = server
      try server.project(database, count: .max - 1_000_000, repeating: 0)
      #expect(server.model.stateHash == serial.stateHash, "seed \(seed)")
    }
    #expect(!database.checkpoints.isEmpty, "seed \(seed)")
    for checkpoint in database.checkpoints {
      #expect(checkpoint.root == roots[checkpoint.size], "seed \(seed), checkpoint \(checkpoint.size)")
    }
  }

  @Test func `without the flush acknowledged commands are lost, so the test above has teeth`() throws {
    var lost = 0
    for seed in UInt64(1)...12 {
      var world = World(seed: seed)
      for server in world.servers.indices { world.servers[server].flushes = false }
      for _ in 0..<20_000 where !world.isDone { try? world.step(withFaults: true) }
      let there = Set(world.database.events.map(\.command))
      lost += world.clients.reduce(0) { $0 + $1.acknowledged.keys.count { !there.contains($0) } }
    }
    #expect(lost > 0)
  }

  @Test func `the same seed does the same`() throws {
    func run() throws -> ([RecordedEvent], Int) {
      var world = World(seed: 99)
      for _ in 0..<20_000 where !world.isDone { try world.step(withFaults: true) }
      return (world.database.events, world.faults)
    }
    let (first, second) = (try run(), try run())
    #expect(first.0 == second.0)
    #expect(first.1 == second.1)
  }
}
