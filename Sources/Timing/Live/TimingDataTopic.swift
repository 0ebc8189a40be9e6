/// `TimingData`, or `TimingDataF1`: reads each line into small patches of the cars it names.
struct TimingDataTopic: Sendable {
  /// One car's patches and places.
  struct Car: Sendable, Equatable {
    let number: Int
    /// Patches in the order sent.
    var patches: [CarPatch] = []
    /// Places and gaps in the order sent.
    var stream: [StreamRow] = []
    /// The feed says that the car retired.
    var isRetired = false
    /// What a recording that begins in mid-session says of it first.
    var state: Joining?

    /// Laps that the feed said were over.
    var lapsTold: Int {
      patches.reversed().lazy.compactMap(\.lapCount).first.map { Int($0) } ?? state?.laps ?? 0
    }
  }

  /// The cars, in the order first named.
  private(set) var cars: [Car] = []
  /// Keys that are not car numbers.
  private(set) var unknownCars = 0
  /// The lines come from a recording, which may begin in mid-session.
  var isRecording = false

  private var indexes: [Int: Int] = [:]
  private var line: [LinePatch] = []

  /// What a line says of one car, kept apart until the whole line proved to be well formed.
  private struct LinePatch: Sendable {
    var number: Int
    var patch: CarPatch
    var position: Int?
    var gap: GapText?
    var interval: GapText?
    var isRetired: Bool?
  }

  /// Reads one line's object; false, and nothing is taken, where it is malformed.
  mutating func read(_ time: Int, _ object: inout JSONScanner) -> Bool {
    guard parse(time, &object) else { return false }
    for patch in line { take(patch) }
    return true
  }

  /// Takes the state of every car in: laps and places count, times belong to laps that are over.
  mutating func join(_ time: Int, _ object: inout JSONScanner) -> Bool {
    guard parse(time, &object) else { return false }
    for patch in line {
      let index = index(of: patch.number)
      let laps = patch.patch.lapCount.map { Int($0) } ?? 0
      cars[index].state = Joining(laps: laps, hasLeft: laps > 0 || patch.patch.isInPit == false)
      var place = patch
      place.patch = CarPatch(time: patch.patch.time)
      place.patch.best = patch.patch.best
      take(place)
    }
    return true
  }

  /// Takes the state of every car in after the feed was away. A car that ended laps meanwhile ended them now, for all we
  /// know; where several ended, only the last has its time. What was known before is not said again.
  mutating func rejoin(_ time: Int, _ object: inout JSONScanner) -> Bool {
    guard parse(time, &object) else { return false }
    for state in line {
      let car = cars[index(of: state.number)]
      let known = car.lapsTold
      let count = state.patch.lapCount.map { Int($0) } ?? known
      for lap in stride(from: known + 1, to: count, by: 1) {
        var missed = LinePatch(number: state.number, patch: CarPatch(time: state.patch.time))
        missed.patch.lapCount = Int16(lap)
        take(missed)
      }
      var news = state
      news.patch = CarPatch(time: state.patch.time)
      if count > known {
        news.patch.lapCount = Int16(count)
        news.patch.lastLap = state.patch.lastLap
      }
      if state.patch.isInPit != car.patches.last(where: { $0.isInPit != nil })?.isInPit {
        news.patch.isInPit = state.patch.isInPit
      }
      take(news)
    }
    return true
  }

  /// Reads a line into `line`; false where it is malformed.
  private mutating func parse(_ time: Int, _ object: inout JSONScanner) -> Bool {
    guard let stamp = Int32(exactly: time) else { return false }
    line.removeAll(keepingCapacity: true)
    var unknown = 0
    guard object.beginObject() else { return false }
    while let key = object.nextKey() {
      if object.matches(key, "Lines") {
        lines(&object, stamp, &unknown)
      } else {
        object.skipValue()
      }
    }
    guard object.isAtEnd() else { return false }
    unknownCars += unknown
    return true
  }

  private mutating func lines(_ object: inout JSONScanner, _ time: Int32, _ unknown: inout Int) {
    guard object.beginObject() else { return object.skipValue() }
    while let key = object.nextKey() {
      guard let number = WholeNumber.parse(object.bytes, key) else {
        unknown += 1
        object.skipValue()
        continue
      }
      var patch = LinePatch(number: number, patch: CarPatch(time: time))
      car(&object, &patch)
      line.append(patch)
    }
  }

  private mutating func take(_ patch: LinePatch) {
    let index = index(of: patch.number)
    if !patch.patch.isEmpty { cars[index].patches.append(patch.patch) }
    if let isRetired = patch.isRetired { cars[index].isRetired = isRetired }
    guard patch.position != nil || patch.gap != nil || patch.interval != nil else { return }
    var row = cars[index].stream.last ?? StreamRow(time: 0)
    row.time = Int(patch.patch.time)
    row.position = patch.position ?? row.position
    row.gap = patch.gap ?? row.gap
    row.interval = patch.interval ?? row.interval
    cars[index].stream.append(row)
  }

  private mutating func index(of number: Int) -> Int {
    if let index = indexes[number] { return index }
    indexes[number] = cars.count
    cars.append(Car(number: number))
    return cars.count - 1
  }

  private func car(_ object: inout JSONScanner, _ line: inout LinePatch) {
    guard object.beginObject() else { return object.skipValue() }
    while let key = object.nextKey() {
      if object.matches(key, "Sectors") {
        sectors(&object, &line.patch)
      } else if object.matches(key, "LastLapTime") {
        lastLap(&object, &line.patch)
      } else if object.matches(key, "GapToLeader") {
        line.gap = object.scalar().flatMap { GapText(object.bytes, $0) }
      } else if object.matches(key, "IntervalToPositionAhead") {
        line.interval = text(&object).flatMap { GapText(object.bytes, $0) }
      } else if object.matches(key, "Speeds") {
        speeds(&object, &line.patch)
      } else {
        rest(&object, key, &line)
      }
    }
  }

  private func rest(_ object: inout JSONScanner, _ key: Range<Int>, _ line: inout LinePatch) {
    if object.matches(key, "Position") {
      line.position = object.whole()
    } else if object.matches(key, "NumberOfLaps") {
      line.patch.lapCount = object.whole().flatMap { Int16(exactly: $0) }
    } else if object.matches(key, "InPit") {
      line.patch.isInPit = object.truth()
    } else if object.matches(key, "BestLapTime") {
      line.patch.best = time(&object)
    } else if object.matches(key, "BestLapTimes") {
      bestLapTimes(&object, &line.patch)
    } else if object.matches(key, "Retired") {
      line.isRetired = object.truth()
    } else {
      object.skipValue()
    }
  }

  /// Values of an object by sector; an array carries none.
  private func sectors(_ object: inout JSONScanner, _ patch: inout CarPatch) {
    guard object.beginObject() else { return object.skipValue() }
    while let key = object.nextKey() {
      if object.matches(key, "0") {
        patch.sector1 = time(&object) ?? patch.sector1
      } else if object.matches(key, "1") {
        patch.sector2 = time(&object) ?? patch.sector2
      } else if object.matches(key, "2") {
        patch.sector3 = time(&object) ?? patch.sector3
      } else {
        object.skipValue()
      }
    }
  }

  private func lastLap(_ object: inout JSONScanner, _ patch: inout CarPatch) {
    guard let range = text(&object) else { return }
    patch.lastLap =
      ClockText.duration(object.bytes, range).flatMap { Int32(exactly: $0) }.map { .value($0) } ?? .empty
  }

  private func speeds(_ object: inout JSONScanner, _ patch: inout CarPatch) {
    guard object.beginObject() else { return object.skipValue() }
    while let key = object.nextKey() {
      let isKnown = key.count == 2
      guard isKnown, let range = text(&object) else {
        if !isKnown { object.skipValue() }
        continue
      }
      let speed = WholeNumber.parse(object.bytes, range).flatMap { Int16(exactly: $0) }
      if object.matches(key, "I1") { patch.speedI1 = speed }
      if object.matches(key, "I2") { patch.speedI2 = speed }
      if object.matches(key, "FL") { patch.speedFL = speed }
      if object.matches(key, "ST") { patch.speedST = speed }
    }
  }

  private func bestLapTimes(_ object: inout JSONScanner, _ patch: inout CarPatch) {
    guard object.beginObject() else { return object.skipValue() }
    var isFirst = true
    while let key = object.nextKey() {
      if isFirst { patch.part = WholeNumber.parse(object.bytes, key).flatMap { Int8(exactly: $0) } }
      isFirst = false
      object.skipValue()
    }
  }

  /// The duration of a `{"Value": …}`.
  private func time(_ object: inout JSONScanner) -> Int32? {
    text(&object).flatMap { ClockText.duration(object.bytes, $0) }.flatMap { Int32(exactly: $0) }
  }

  /// The text of a `{"Value": …}`; nil where there is no such member.
  private func text(_ object: inout JSONScanner) -> Range<Int>? {
    guard object.beginObject() else {
      object.skipValue()
      return nil
    }
    var found: Range<Int>?
    while let key = object.nextKey() {
      if object.matches(key, "Value") {
        found = object.scalar()
      } else {
        object.skipValue()
      }
    }
    return found
  }
}
