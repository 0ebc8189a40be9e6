import Racing

/// What a finished run is set beside, for people.
struct ReviewPage {
  let review: RunReview

  /// Prints it.
  func print() {
    var table = TextTable([
      ("set beside", .left), ("IQ", .right), ("finish", .right), ("place", .right), ("plan", .left),
    ])
    add("best, all known", review.optimum, to: &table)
    add("best without foresight", review.unforeseeing, to: &table)
    add("the driver's own plan", review.real, to: &table)
    table.add(["a random legal plan", hundredths(Int(review.randomIQ)), "", "", ""])
    for line in table.lines { Terminal.print(line) }
    for (number, window) in review.windows.enumerated() {
      let laps = window.laps
      let text = laps.first.flatMap { first in laps.last.map { "laps \(first)-\($0) cost a second at most" } }
      Terminal.print("stop \(number + 1)    \(text ?? "no stop was worth making here")")
    }
    if let cost = review.expectedCost {
      Terminal.print("expected  your calls cost \(difference(cost)) given what could be known; the rest was luck")
    }
  }

  private func add(_ title: String, _ benchmark: RunReview.Benchmark?, to table: inout TextTable) {
    guard let benchmark else { return }
    table.add([
      title, benchmark.iq.map { hundredths(Int($0)) } ?? "", clockTime(benchmark.finish), "P\(benchmark.place)",
      ScoreSheet.plan(benchmark.plan.startCompound, benchmark.plan.stops),
    ])
  }
}
