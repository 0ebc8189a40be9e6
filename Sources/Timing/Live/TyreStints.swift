/// Makes stints out of a car's tyre messages, whose counter of sets is unreliable.
struct TyreStints {
  /// A set from the moment it was announced.
  struct Row: Equatable {
    var time: Int
    var key: Int
    var compound: String?
    var startLaps: Int?
    var isNew: Bool?
    var isUnchanged: Bool?
  }

  /// What the laps tell about stops.
  struct Context {
    let isRaceLike: Bool
    let start: Int?
    /// The ends of the laps that ended in the pits.
    let inLapEnds: [Int]
    /// The key that the sets begin with; not 0 where a recording began in mid-session.
    var firstKey = 0
  }

  /// The sets in the order announced.
  static func rows(_ patches: [TyrePatch], _ context: Context, _ corrections: LapCorrections) -> [Row] {
    let filled = corrections.contains(.tyreMemory) ? completed(patches) : patches
    let rows = filled.map {
      Row(
        time: $0.time, key: $0.key, compound: $0.compound, startLaps: $0.startLaps, isNew: $0.isNew,
        isUnchanged: $0.isUnchanged)
    }
    if rows.count == Set(rows.map(\.key)).count { return rows }
    let borders = [Int.min] + context.inLapEnds + [PersonalBests.never]
    return folded(renumbered(spread(rows, context, borders), borders, from: context.firstKey))
  }

  /// C3: what a message leaves out is as it was for the set with its key.
  private static func completed(_ patches: [TyrePatch]) -> [TyrePatch] {
    var states: [Int: TyrePatch] = [:]
    return patches.map { patch in
      var full = patch
      let before = states[patch.key]
      full.compound = patch.compound ?? before?.compound
      full.startLaps = patch.startLaps ?? before?.startLaps
      full.isNew = patch.isNew ?? before?.isNew
      full.isUnchanged = patch.isUnchanged ?? before?.isUnchanged
      states[patch.key] = full
      return full
    }
  }

  /// B1: cars that stopped on the first lap get several sets in one message before anybody saw them stop.
  private static func spread(_ rows: [Row], _ context: Context, _ borders: [Int]) -> [Row] {
    guard context.isRaceLike, !context.inLapEnds.isEmpty, let start = context.start, let first = rows.first?.time,
      !rows.contains(where: { $0.time < start }), Set(rows.filter { $0.time == first }.map(\.key)).count > 1
    else { return rows }
    return rows.map { row in
      var moved = row
      if row.time == first, borders.indices.contains(row.key) { moved.time = borders[row.key] + 1 }
      return moved
    }
  }

  /// B2: a counter that runs ahead of the stops is held back.
  private static func renumbered(_ rows: [Row], _ borders: [Int], from firstKey: Int) -> [Row] {
    var rows = rows
    var expected = firstKey
    for (low, high) in zip(borders, borders.dropFirst()) {
      let within = rows.indices.filter { rows[$0].time >= low && rows[$0].time <= high }
      for index in within where rows[index].key > expected { rows[index].key = expected }
      if within.contains(where: { rows[$0].key == expected }) { expected += 1 }
    }
    return rows
  }

  /// B3: later messages about a set complete or correct the first one, whose time stays.
  private static func folded(_ rows: [Row]) -> [Row] {
    var folded: [Row] = []
    for row in rows {
      guard let index = folded.firstIndex(where: { $0.key == row.key }) else {
        folded.append(row)
        continue
      }
      folded[index].compound = row.compound ?? folded[index].compound
      folded[index].startLaps = row.startLaps ?? folded[index].startLaps
      folded[index].isNew = row.isNew ?? folded[index].isNew
      folded[index].isUnchanged = row.isUnchanged ?? folded[index].isUnchanged
    }
    return folded
  }
}
