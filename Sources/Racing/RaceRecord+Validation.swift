extension RaceRecord {
  /// Checks that the record does not contradict itself: distance, unique codes, places and lap numbers.
  /// - Throws: `ModelError.refused(.inconsistent)` with the first fault.
  /// - Complexity: O(laps).
  public func validate() throws(ModelError) {
    func check(_ holds: Bool, _ reason: @autoclosure () -> String) throws(ModelError) {
      if !holds { throw .refused(.inconsistent(reason: reason())) }
    }
    try check((1...1000).contains(lapCount), "a race of \(lapCount) laps is impossible")
    try check(!entrants.isEmpty, "nobody took part")
    try check(Set(entrants.map(\.code)).count == entrants.count, "a driver's code occurs twice")
    let places = entrants.compactMap(\.result.position)
    try check(Set(places).count == places.count, "two cars have the same place")
    for entrant in entrants {
      let numbers = entrant.laps.map(\.number)
      try check(Set(numbers).count == numbers.count, "\(entrant.code) has a lap twice")
      try check(numbers.allSatisfy { (1...1000).contains($0) }, "\(entrant.code) has a lap outside 1...1000")
      let times = entrant.laps.flatMap { [$0.timeMilliseconds, $0.elapsedMilliseconds] }.compactMap { $0 }
      try check(times.allSatisfy { (0...86_400_000).contains($0) }, "\(entrant.code) has a time beyond a day")
      let lives = entrant.laps.compactMap(\.tyreLife)
      try check(lives.allSatisfy { (0...1000).contains($0) }, "\(entrant.code) has a tyre age outside 0...1000")
    }
  }
}
