import Commands
import Events
import Racing
import Testing

/// Accounts are registered once; a race is recorded once for every content.
struct AccountAndRaceTests {
  private func imported(_ pits: Pits, digest: String) -> RaceImported {
    RaceImported(
      race: pits.race, slug: "sample", circuit: "ring", laps: 18, source: "generator", digest: digest, isSynthetic: true
    )
  }

  @Test func `an account is registered once`() async throws {
    let pits = Pits()
    let account = UserID(high: 8, low: 1)
    let id = pits.newID()
    let first = try await pits.handler.registerUser(account, kind: .registered, id: id)
    #expect(!first.isRepeat)
    let again = try await pits.handler.registerUser(account, kind: .registered, id: id)
    #expect(again.isRepeat)
    #expect(again.position == first.position)
    await #expect(throws: CommandError.alreadyRegistered(account, as: .registered)) {
      _ = try await pits.handler.registerUser(account, kind: .guest, id: pits.newID())
    }
    #expect(pits.log.all.count == 1)
  }

  @Test func `an account the projections do not know yet can play at once`() async throws {
    let pits = Pits()
    let account = UserID(high: 8, low: 2)
    _ = try await pits.handler.registerUser(account, kind: .registered, id: pits.newID())
    #expect(try await pits.start(by: account).view.isRanked)
    let guest = UserID(high: 8, low: 3)
    _ = try await pits.handler.registerUser(guest, kind: .guest, id: pits.newID())
    #expect(try await !pits.start(by: guest).view.isRanked)
  }

  @Test func `the same content is recorded once, other content again`() async throws {
    let pits = Pits()
    let first = try await pits.handler.importRace(imported(pits, digest: "aa"), id: pits.newID())
    #expect(first.isNew)
    #expect(first.stream == StreamID(race: pits.race))
    let same = try await pits.handler.importRace(imported(pits, digest: "aa"), id: pits.newID())
    #expect(!same.isNew)
    #expect(same.position == first.position)
    let other = try await pits.handler.importRace(imported(pits, digest: "bb"), id: pits.newID())
    #expect(other.isNew)
    let back = try await pits.handler.importRace(imported(pits, digest: "aa"), id: pits.newID())
    #expect(back.isNew, "the race changed back, which is news")
    #expect(pits.log.all.count == 3)
  }

  @Test func `what the catalogue refuses is said in its words`() async throws {
    let pits = Pits()
    let cases: [(CatalogError, CommandError)] = [
      (.notPlayable(reason: "no pace"), .notPlayable(pits.driver, race: pits.race, reason: "no pace")),
      (.refused(reason: "too short"), .refusedByModel(pits.race, reason: "too short")),
      (.unavailable(reason: "away"), .unavailable(reason: "away")),
    ]
    for (told, expected) in cases {
      pits.catalog.fail(with: told)
      await #expect(throws: expected) { _ = try await pits.start() }
    }
    #expect(pits.log.all.isEmpty)
  }

  @Test func `a run whose race changed under it says so`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    pits.catalog.fail(with: .superseded)
    await #expect(throws: CommandError.raceChanged(run)) { try await pits.secondServer().advance(run) }
    #expect(try await pits.advance(run).view.lap == 2, "this server still has the world it began in")
  }
}
