/// Finds the laps that race control took away.
struct LapDeletions {
  /// What one message takes away.
  struct Deletion: Equatable {
    var number: Int
    /// The lap time that is deleted; nil where the whole lap is.
    var time: Int?
    /// `LAP l`, where the message names it.
    var lap: Int?
    var reason: String
  }

  private let deletions: [Deletion]
  private let kind: SessionKind

  /// Deletions in those messages, less what was given back. FastF1 does not read deletions of whole laps.
  init(_ messages: [RaceControlMessage], kind: SessionKind, readsEverything: Bool) {
    let reinstated = messages.compactMap { LapDeletions.reinstatement($0.text) }
    deletions = messages.compactMap { message in
      guard let deletion = LapDeletions.deletion(message.text, readsEverything: readsEverything) else { return nil }
      return reinstated.contains { $0 == (deletion.number, deletion.time) } ? nil : deletion
    }
    self.kind = kind
  }

  /// A lap of a car.
  struct Key: Hashable {
    let number, lap: Int

    init(_ lap: SessionLap) {
      (number, self.lap) = (lap.number, lap.lap)
    }
  }

  /// Marks the laps of every car but those named.
  func mark(_ cars: inout [[SessionLap]], besides spared: Set<Key> = []) {
    for car in cars.indices {
      for index in cars[car].indices {
        let lap = cars[car][index]
        let deletion = spared.contains(Key(lap)) ? nil : deletions.last { takesAway($0, lap) }
        cars[car][index].isDeleted = deletion != nil
        guard let deletion else { continue }
        cars[car][index].deletionReason = deletion.reason
        cars[car][index].isPersonalBest = false
      }
    }
  }

  private func takesAway(_ deletion: Deletion, _ lap: SessionLap) -> Bool {
    guard deletion.number == lap.number else { return false }
    if let time = deletion.time { return lap.time == time }
    guard let number = deletion.lap else { return false }
    // In qualifying the messages count one lap more than the timing.
    return lap.lap == (kind.isRaceLike ? number : number - 1) && !lap.isGenerated
  }

  /// `CAR 26 (KVY) TIME 1:09.375 DELETED - TRACK LIMITS AT TURN 10`, `CAR 12 (ANT) LAP DELETED - …`.
  static func deletion(_ text: String, readsEverything: Bool) -> Deletion? {
    guard let marker = text.range(ofWord: "DELETED - "), let number = carNumber(text) else { return nil }
    let reason = String(text[marker.upperBound...])
    let head = text[..<marker.lowerBound].split(separator: " ")
    let lap = lapNumber(reason)
    if let time = head.last, head.count >= 2, head[head.count - 2] == "TIME" {
      guard time.utf8.count == 8 || readsEverything, let value = ClockText.duration(String(time)) else { return nil }
      return Deletion(number: number, time: value, lap: lap, reason: withoutClock(reason))
    }
    guard readsEverything, head.last == "LAP" else { return nil }
    return Deletion(number: number, time: nil, lap: lap, reason: withoutClock(reason))
  }

  /// `CAR 4 (NOR) TIME 1:22.333 WILL BE REINSTATED`.
  static func reinstatement(_ text: String) -> (Int, Int?)? {
    let words = text.split(separator: " ")
    guard text.range(ofWord: "REINSTATED") != nil, let number = carNumber(text),
      let at = words.firstIndex(of: "TIME"), at + 1 < words.count
    else { return nil }
    return (number, ClockText.duration(String(words[at + 1])))
  }

  private static func carNumber(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    guard let at = words.firstIndex(of: "CAR"), at + 1 < words.count else { return nil }
    return Int(words[at + 1])
  }

  private static func lapNumber(_ reason: String) -> Int? {
    let words = reason.split(separator: " ")
    guard let at = words.lastIndex(of: "LAP"), at + 1 < words.count else { return nil }
    return Int(words[at + 1])
  }

  /// The clock is of the place, not of the session.
  private static func withoutClock(_ reason: String) -> String {
    reason.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let bytes = Array(word.utf8)
      let isClock = bytes.count == 8 && bytes[2] == JSONByte.colon && bytes[5] == JSONByte.colon
      return isClock && ClockText.duration(String(word)) != nil ? "" : String(word)
    }.joined(separator: " ")
  }
}

extension String {
  /// Where the text first stands.
  func range(ofWord text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
