/// The forward pass of the exact optimum: the earliest time of every state, lap by lap.
///
/// Holds its memory between searches; not tied to a world.
public struct OptimumSearch: Sendable {
  /// The earliest arrival at one state, and how it came there.
  struct Label: Sendable {
    var elapsed: Int64
    /// Tyres fitted so far, first in the highest bits: compares like the list of them.
    var sets: UInt64
    /// The label a lap earlier; below 0 at the beginning.
    var parent: Int32
    var wear: Int16
    var lapsOnSet: Int16
    var slot: UInt8
    var met: Bool
    var stopsTowardsMinimum: UInt8
    var isOutLap: Bool
    var mode: PaceMode
    var stops: UInt8
    /// Lap of the first stop; 255 before it.
    var firstStop: UInt8
    var setCount: UInt8
    var paceChanges: UInt8
  }

  /// Whether the car may stop at the end of a lap.
  enum StopChoice {
    case free, forced, none
  }

  var labels: [Label] = []
  /// The labels of the last lap advanced to.
  var frontier: Range<Int> = 0..<0
  private(set) var options = OptimumOptions()
  private var positions: [Int32] = []
  private var changing: [Label] = []
  private var radix = Radix()

  /// How a state is numbered.
  private struct Radix {
    var wear = 1
    var age = 1
    var minimum = 1
    var counted = 1
    /// Stops that may still be made are limited to this.
    var limit = Int.max
    var stintLimit: Int?
  }

  /// A search without memory yet.
  public init() {}

  /// Begins from states at the end of one lap.
  mutating func begin(_ world: SimulationWorld, states: [RunState], options: OptimumOptions) {
    prepare(world, options: options)
    for state in states {
      guard let slot = world.slot(of: state.compound) else { continue }
      let label = Label(
        elapsed: state.elapsed, sets: UInt64(slot + 1) << 60, parent: -1, wear: Int16(state.wear),
        lapsOnSet: Int16(state.lapsOnSet), slot: UInt8(slot), met: state.obligationMet,
        stopsTowardsMinimum: UInt8(state.stopsTowardsMinimum), isOutLap: state.isOutLap, mode: state.mode, stops: 0,
        firstStop: 255, setCount: 1, paceChanges: 0)
      labels.append(label)
    }
    frontier = 0..<labels.count
  }

  /// Begins from labels of another search, whose past is forgotten but for its stops and tyres.
  mutating func begin(_ world: SimulationWorld, labels given: some Sequence<Label>, options: OptimumOptions) {
    prepare(world, options: options)
    labels.append(contentsOf: given)
    for index in labels.indices { labels[index].parent = -1 }
    frontier = 0..<labels.count
  }

  private mutating func prepare(_ world: SimulationWorld, options: OptimumOptions) {
    self.options = options
    let limit = options.exactStops ?? options.maximumStops
    radix = Radix(
      wear: world.course.wearCount, age: (world.rules.maximumStintLaps ?? 0) + 1,
      minimum: world.rules.minimumStops + 1, counted: limit.map { $0 + 1 } ?? 1, limit: limit ?? .max,
      stintLimit: world.rules.maximumStintLaps)
    labels.removeAll(keepingCapacity: true)
    let perTyre = radix.wear * radix.age * 4 * radix.minimum * radix.counted
    let count = world.course.slotCount * perTyre
    if positions.count == count {
      positions.withUnsafeMutableBufferPointer { $0.update(repeating: -1) }
    } else {
      positions = Array(repeating: -1, count: count)
    }
    changing.removeAll(keepingCapacity: true)
    changing.append(
      contentsOf: repeatElement(.nowhere, count: world.course.slotCount * 2 * radix.minimum * radix.counted))
  }

  /// Drives one lap further from every state.
  ///
  /// - Complexity: O(states × modes).
  mutating func advance(_ world: SimulationWorld, lap: Int, stops choice: StopChoice) {
    let begin = labels.count
    let facts = world.course.laps[lap]
    let change = world.tyreChange(atEndOf: lap)
    let mayChange = change == .free || (change == .stop && choice != .none)
    let allModes = options.allowsModes && facts.kind.isRacing
    for index in frontier {
      var label = labels[index]
      label.parent = Int32(index)
      guard allModes else {
        drive(world, facts, lap: lap, label, begin: begin, mayChange: mayChange, mayStay: choice != .forced)
        continue
      }
      for mode in PaceMode.allCases {
        var other = label
        other.mode = mode
        if mode != label.mode { other.paceChanges &+= 1 }
        drive(world, facts, lap: lap, other, begin: begin, mayChange: mayChange, mayStay: choice != .forced)
      }
    }
    if mayChange { fit(world, lap: lap, isFree: change == .free, begin: begin) }
    frontier = begin..<labels.count
  }

  /// One state over one lap: onward on the same set, and as a candidate for other tyres at the lap's end.
  @inline(__always)
  private mutating func drive(
    _ world: SimulationWorld, _ facts: Course.LapFacts, lap: Int, _ label: Label, begin: Int, mayChange: Bool,
    mayStay: Bool
  ) {
    let slot = Int(label.slot)
    let wear = Int(label.wear) + facts.kind.wearQuarters(label.mode)
    let age = Int(label.lapsOnSet) + 1
    guard wear < world.course.wearCount, wear <= 4 * world.stintCaps[slot], age <= radix.stintLimit ?? age else {
      return
    }
    var next = label
    next.wear = Int16(truncatingIfNeeded: wear)
    next.lapsOnSet = Int16(truncatingIfNeeded: age)
    next.isOutLap = false
    if facts.kind == .red {
      next.elapsed = world.course.endUnderRed(facts, start: label.elapsed)
      if mayChange { offer(next) }
      if mayStay, isLegal(world, next, lap: lap) { relax(next, begin: begin) }
      return
    }
    let clear = world.course.clearEnd(
      facts, lap: lap, from: label.elapsed, slot: slot, wear: wear, outLap: label.isOutLap, mode: label.mode)
    if mayChange && Int(label.stops) < radix.limit {
      next.elapsed = max(clear + facts.inPart, facts.floor)
      offer(next)
    }
    guard mayStay, isLegal(world, next, lap: lap) else { return }
    let end = max(clear, facts.floor)
    next.elapsed = options.freeAir ? end : world.course.endInTraffic(facts, start: label.elapsed, clear: end)
    relax(next, begin: begin)
  }

  @inline(__always)
  private func isLegal(_ world: SimulationWorld, _ label: Label, lap: Int) -> Bool {
    let permits = options.allowsModes ? world.permitsWithModes : world.permits
    return Int(label.wear)
      <= permits.greatest(
        lap: lap, slot: Int(label.slot), met: label.met, stops: Int(label.stopsTowardsMinimum),
        age: Int(label.lapsOnSet))
  }

  /// Keeps the best state that comes in for tyres, for every tyre it takes off: wear no longer matters then.
  @inline(__always)
  private mutating func offer(_ label: Label) {
    let counted = radix.counted > 1 ? Int(label.stops) : 0
    let group = (Int(label.slot) * 2 + (label.met ? 1 : 0)) * radix.minimum + Int(label.stopsTowardsMinimum)
    let index = group * radix.counted + counted
    if label.isBetter(than: changing[index]) { changing[index] = label }
  }

  /// Fits every tyre to the best candidates, and forgets the candidates.
  private mutating func fit(_ world: SimulationWorld, lap: Int, isFree: Bool, begin: Int) {
    for index in changing.indices where changing[index].elapsed < unreachable {
      let candidate = changing[index]
      changing[index] = .nowhere
      for slot in 0..<world.course.slotCount {
        var next = candidate
        next.fit(slot: slot, compound: world.compounds[slot])
        if !isFree { next.stop(lap: lap, minimum: radix.minimum - 1) }
        if isLegal(world, next, lap: lap) { relax(next, begin: begin) }
      }
    }
  }

  /// Takes a label into the frontier that begins at `begin` if it is the best of its state.
  @inline(__always)
  private mutating func relax(_ label: Label, begin: Int) {
    let age = radix.age > 1 ? Int(label.lapsOnSet) : 0
    let counted = radix.counted > 1 ? Int(label.stops) : 0
    var key = (Int(label.slot) * radix.wear + Int(label.wear)) * radix.age + age
    key = key * 4 + (label.met ? 2 : 0) + (label.isOutLap ? 1 : 0)
    key = (key * radix.minimum + Int(label.stopsTowardsMinimum)) * radix.counted + counted
    let known = Int(positions[key])
    if known < begin {
      positions[key] = Int32(truncatingIfNeeded: labels.count)
      labels.append(label)
    } else if label.isBetter(than: labels[known]) {
      labels[known] = label
    }
  }
}

extension OptimumSearch.Label {
  /// Later than anything that can happen.
  static let nowhere = Self(
    elapsed: unreachable, sets: .max, parent: -1, wear: 0, lapsOnSet: 0, slot: 0, met: false, stopsTowardsMinimum: 0,
    isOutLap: false, mode: .normal, stops: .max, firstStop: 0, setCount: 0, paceChanges: .max)

  /// Earlier; at the same time fewer stops, then a later first stop, then the softer tyres first, then a steadier pace.
  @inline(__always)
  func isBetter(than other: Self) -> Bool {
    if elapsed != other.elapsed { return elapsed < other.elapsed }
    if stops != other.stops { return stops < other.stops }
    if firstStop != other.firstStop { return firstStop > other.firstStop }
    if sets != other.sets { return sets < other.sets }
    return paceChanges < other.paceChanges
  }

  mutating func fit(slot newSlot: Int, compound: Compound) {
    if newSlot != Int(slot) || compound.tyreClass != .slick { met = true }
    slot = UInt8(newSlot)
    wear = 0
    lapsOnSet = 0
    if setCount < 20 { sets |= UInt64(newSlot + 1) << (60 - 3 * UInt64(setCount)) }
    setCount &+= 1
  }

  mutating func stop(lap: Int, minimum: Int) {
    isOutLap = true
    if stops == 0 { firstStop = UInt8(truncatingIfNeeded: lap) }
    stops &+= 1
    if stopsTowardsMinimum < minimum { stopsTowardsMinimum += 1 }
  }
}
