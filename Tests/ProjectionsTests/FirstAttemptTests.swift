import Events
import Projections
import Racing
import TestSupport
import Testing

struct FirstAttempts {
  let user = ScriptedHistory.user(1)

  /// A user who is listed with five perfect runs besides what the script adds on race 6, and his standing.
  private func standing(
    kind: UserRegistered.Kind = .registered, _ script: (inout ScriptedHistory, RaceKey) -> Void
  ) throws -> LeaderboardRow? {
    var history = ScriptedHistory()
    history.register(user, kind)
    for round in 1...5 { history.play(user, ScriptedHistory.race(Int16(round)), iq: 10_000) }
    script(&history, ScriptedHistory.race(6))
    return try Equality.fold(history.events).leaderboardRow(of: user, on: .overall)
  }

  /// Five perfect runs against a prior of five at 60.
  private static let fivePerfect: Int32 = (5 * 10_000 + 5 * 6_000 + 5) / 10
  private static let withZero: Int32 = (5 * 10_000 + 5 * 6_000 + 5) / 11
  private static let withPerfect: Int32 = (6 * 10_000 + 5 * 6_000 + 5) / 11

  @Test func `five runs list an account`() throws {
    #expect(try standing { _, _ in }?.key.rating == Self.fivePerfect)
    #expect(try standing { history, race in history.play(user, race, iq: 10_000) }?.key.rating == Self.withPerfect)
  }

  @Test func `a second attempt does not count`() throws {
    let row = try standing { history, race in
      history.play(user, race, iq: 10_000)
      history.play(user, race, iq: 0)
    }
    #expect(row?.key.rating == Self.withPerfect)
  }

  @Test func `practice beyond lap 1 spends the first attempt`() throws {
    let row = try standing { history, race in
      let run = history.start(user, race, isRanked: false)
      history.advance(run, by: user, to: 2)
      history.play(user, race, iq: 10_000)
    }
    #expect(row?.key.rating == Self.fivePerfect)
  }

  @Test func `a run that stays on lap 1 spends nothing`() throws {
    let row = try standing { history, race in
      let run = history.start(user, race)
      history.advance(run, by: user, to: 1)
      history.abandon(run, by: user, lap: 1)
      history.play(user, race, iq: 10_000)
    }
    #expect(row?.key.rating == Self.withPerfect)
  }

  @Test func `a ranked first attempt given up counts as zero`() throws {
    let row = try standing { history, race in
      let run = history.start(user, race)
      history.advance(run, by: user, to: 9)
      history.abandon(run, by: nil, lap: 9)
    }
    #expect(row?.key.rating == Self.withZero)
    #expect(row?.key.runs == 6)
  }

  @Test func `a ranked first attempt left for another run counts as zero, and the other not at all`() throws {
    let row = try standing { history, race in
      let first = history.start(user, race)
      history.advance(first, by: user, to: 9)
      history.play(user, race, iq: 10_000)
      history.finish(first, by: user, iq: 10_000)
    }
    #expect(row?.key.rating == Self.withZero)
  }

  @Test func `a run that was not ranked in the end does not count`() throws {
    let row = try standing { history, race in
      let run = history.start(user, race)
      history.finish(run, by: user, iq: 10_000, isRanked: false)
    }
    #expect(row?.key.rating == Self.fivePerfect)
  }

  @Test func `a guest is never listed`() throws {
    #expect(try standing(kind: .guest) { history, race in history.play(user, race, iq: 10_000) } == nil)
  }

  @Test func `what a guest began stays practice after it registered`() throws {
    for ending in ["before", "after", "abandoned"] {
      let row = try standing(kind: .guest) { history, race in
        let run = history.start(user, race)
        if ending == "before" { history.finish(run, by: user, iq: 10_000) }
        history.claim(user)
        if ending == "after" { history.finish(run, by: user, iq: 10_000) }
        if ending == "abandoned" { history.abandon(run, by: user, lap: 9) }
        for round in 7...11 { history.play(user, ScriptedHistory.race(Int16(round)), iq: 10_000) }
      }
      #expect(row?.key.runs == 5, "\(ending)")
      #expect(row?.key.rating == Self.fivePerfect, "\(ending)")
    }
  }

  @Test func `only a guest can be claimed`() throws {
    var history = ScriptedHistory()
    let (bot, erased, stranger) = (ScriptedHistory.user(2), ScriptedHistory.user(3), ScriptedHistory.user(4))
    history.register(bot, .synthetic)
    history.register(erased, .guest)
    history.record(.userErased(UserErased()), on: StreamID(user: erased))
    for account in [bot, erased, stranger] { history.claim(account) }
    let model = try Equality.fold(history.events)
    #expect(model.kind(of: bot) == .synthetic && model.kind(of: erased) == nil && model.kind(of: stranger) == nil)
  }

  @Test func `attempts are counted by the log, not by what the event says`() throws {
    var history = ScriptedHistory()
    let race = ScriptedHistory.race(1)
    let runs = (0..<3).map { _ in history.start(user, race) }
    for run in runs.dropLast() { history.finish(run, by: user, iq: 9000) }
    let model = try Equality.fold(history.events)
    #expect(runs.map { model.simulation($0)?.attempt } == [1, 2, nil])
    #expect(model.runs(of: user, on: race, besides: nil) == 2)
    #expect(model.runs(of: user, on: race, besides: runs[0]) == 1)
    #expect(model.runs(of: user, on: race, besides: runs[2]) == 2)
    #expect(model.runs(of: user, on: ScriptedHistory.race(2), besides: nil) == 0)
  }
}
