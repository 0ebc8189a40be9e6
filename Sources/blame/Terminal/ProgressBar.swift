import Foundation
import Synchronization

/// Progress of long work on standard error: a bar with rate and time left on a terminal, a line now and then elsewhere.
final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    var lastDrawn: ContinuousClock.Instant?
    var note = ""
  }

  private let title: String
  private let total: Int?
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// - Parameter total: the amount of work; nil when it is not known.
  init(title: String, total: Int?, isShown: Bool) {
    self.title = title
    self.total = total
    self.isShown = isShown
  }

  /// Counts work as done and redraws at most ten times a second (once in five seconds where nobody can see a bar move).
  func advance(by amount: Int = 1, note: String = "") {
    let line = state.withLock { state -> String? in
      state.done += amount
      state.note = note
      return due(&state) ? text(state) : nil
    }
    if let line { draw(line) }
  }

  /// Sets how much is done.
  func set(_ done: Int, note: String = "") {
    let line = state.withLock { state -> String? in
      state.done = done
      state.note = note
      return due(&state) ? text(state) : nil
    }
    if let line { draw(line) }
  }

  /// Draws the final state and ends the line.
  func finish(note: String = "") {
    guard isShown else { return }
    let line = state.withLock { state in
      if !note.isEmpty { state.note = note }
      return text(state)
    }
    draw(line)
    if Terminal.isInteractive { Terminal.draw("\n") }
  }

  private func due(_ state: inout State) -> Bool {
    guard isShown else { return false }
    let now = ContinuousClock.now
    let interval: Duration = Terminal.isInteractive ? .milliseconds(100) : .seconds(5)
    if let last = state.lastDrawn, now - last < interval { return false }
    if state.lastDrawn == nil, !Terminal.isInteractive {
      state.lastDrawn = now
      return false
    }
    state.lastDrawn = now
    return true
  }

  private func draw(_ line: String) {
    Terminal.draw(Terminal.isInteractive ? "\r\u{1B}[K\(line)" : line + "\n")
  }

  private func text(_ state: State) -> String {
    let elapsed = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    let rate = elapsed > 0 ? Double(state.done) / elapsed : 0
    var parts = [title]
    if let total, total > 0 {
      let share = min(1, Double(state.done) / Double(total))
      parts.append(bar(share))
      parts.append("\(Int(share * 100)) %")
      if rate > 0, state.done < total { parts.append("\(clock(Double(total - state.done) / rate)) left") }
    }
    parts.append("\(grouped(state.done))\(total.map { " of \(grouped($0))" } ?? "")")
    if rate >= 1 { parts.append("\(grouped(Int(rate)))/s") }
    if !state.note.isEmpty { parts.append(state.note) }
    return String(parts.joined(separator: "  ").prefix(Terminal.columns - 1))
  }

  private func bar(_ share: Double) -> String {
    let width = 24
    let filled = Int(share * Double(width))
    return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled) + "]"
  }

  private func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}

/// A count with thousands apart: `12 345 678`.
func grouped(_ number: Int) -> String {
  var digits = String(number.magnitude)
  var groups: [Substring] = []
  while digits.count > 3 {
    groups.insert(digits.suffix(3)[...], at: 0)
    digits = String(digits.dropLast(3))
  }
  groups.insert(digits[...], at: 0)
  return (number < 0 ? "-" : "") + groups.joined(separator: "\u{2009}")
}
