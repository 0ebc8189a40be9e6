internal import Events
internal import Racing

/// A simulation as its stream tells it: what is on record, and the car where the record leaves it.
///
/// Folded from the stream or kept from command to command, it is the same value.
struct SimulationState: Sendable {
  /// How far the run is.
  enum Ending: Sendable, Equatable {
    case finished(SimulationFinished)
    case abandoned
  }

  let id: StreamID
  let player: UserID
  let started: SimulationStarted
  /// The car where the run began.
  let startState: RunState
  /// Version of the stream so far.
  private(set) var version = Version(rawValue: 1)
  /// The car at the end of the last lap driven. A pace decided for the next lap is set already.
  private(set) var car: Simulation
  /// The stop decided for the next lap, staying out included; nil while there is none.
  private(set) var pending: Pending?
  /// Decisions on record, in order.
  private(set) var decisions: [DecisionMade] = []
  /// nil while the run goes on.
  private(set) var ending: Ending?

  /// A call for the next lap that has not been driven yet.
  struct Pending: Sendable {
    var call: LapCall
    /// The car after the lap, where that was needed to know what the call costs.
    var driven: Simulation?
  }

  /// The state after the first event of the stream.
  /// - Parameter car: the car where the run begins.
  init(id: StreamID, player: UserID, started: SimulationStarted, car: Simulation) {
    self.id = id
    self.player = player
    self.started = started
    startState = car.state
    self.car = car
  }

  var world: SimulationWorld { car.world }

  /// The last lap driven.
  var lap: Int { car.state.lap }

  /// The lap to be driven next; beyond the last one at the flag.
  var nextLap: Int { lap + 1 }

  /// The decision on record for a lap that excludes another one of its kind; stops and staying out exclude each
  /// other.
  func decision(forLap lap: Int, isPace: Bool) -> DecisionMade? {
    decisions.last { Int($0.lap) == lap && $0.kind != .start && $0.kind != .finish && ($0.kind == .pace) == isPace }
  }

  /// Whether the account may see and play this simulation.
  func check(actor: UserID) throws(CommandError) {
    guard actor == player else { throw .notYours(id) }
  }

  /// Whether the run still takes commands.
  func checkGoesOn() throws(CommandError) {
    switch ending {
    case .finished: throw .alreadyFinished(id)
    case .abandoned: throw .alreadyAbandoned(id)
    case nil: return
    }
  }
}

// MARK: - Driving

extension SimulationState {
  /// Drives the next lap with what is decided for it, else staying out.
  /// - Throws: the rule that forbids it; nothing has changed then.
  mutating func driveLap() throws(RuleViolation) {
    if let driven = pending?.driven {
      car = driven
    } else {
      try car.drive(pending?.call ?? LapCall())
    }
    pending = nil
  }

  /// Drives up to and including a lap.
  /// - Throws: the first rule that forbids a lap; the laps before it are driven then.
  mutating func drive(to lap: Int) throws(RuleViolation) {
    while self.lap < lap { try driveLap() }
  }

  /// Keeps the car after a pending call, so that the lap need not be driven twice.
  mutating func keepDriven(_ driven: Simulation) { pending?.driven = driven }
}

// MARK: - Evolving

extension SimulationState {
  /// Takes in the next event of the stream.
  /// - Throws: `unreadable` when the event cannot follow what went before.
  mutating func evolve(_ event: Event) throws(CommandError) {
    let next = version.next
    let isOurs: Bool
    do throws(RuleViolation) {
      isOurs = try take(event)
    } catch {
      throw .unreadable(stream: id, reason: "version \(next.rawValue) breaks a rule: \(error)")
    }
    guard isOurs else {
      throw .unreadable(stream: id, reason: "version \(next.rawValue) belongs to another kind of stream")
    }
    version = next
  }

  /// False for an event that is none of a simulation.
  private mutating func take(_ event: Event) throws(RuleViolation) -> Bool {
    switch event {
    case .decisionMade(let decision): try take(decision)
    case .simulationAdvanced(let advanced): try drive(to: Int(advanced.lap))
    case .simulationFinished(let finished): ending = .finished(finished)
    case .simulationAbandoned: ending = .abandoned
    default: return false
    }
    return true
  }

  private mutating func take(_ decision: DecisionMade) throws(RuleViolation) {
    let lap = Int(decision.lap)
    switch decision.kind {
    case .start:
      break
    case .pace:
      try drive(to: lap - 1)
      if let pace = decision.pace { try car.setPace(pace) }
    case .pit, .safetyCar, .red:
      try drive(to: lap - 1)
      pending = Pending(call: LapCall(stop: decision.compound, saysStay: decision.compound == nil))
    case .finish:
      try drive(to: lap)
    }
    decisions.append(decision)
  }
}
