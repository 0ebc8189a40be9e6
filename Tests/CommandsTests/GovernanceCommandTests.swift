import Commands
import Events
import Testing

/// Rules and quarantine are decided once, in order, and by name.
@Suite struct GovernanceCommandTests {
  @Test func `the same rules under the same name are published once, others are refused`() async throws {
    let pits = Pits()
    let first = try await pits.handler.proposeRules(name: "2027", document: "{\"acceptedIQ\":8000}")
    let again = try await pits.handler.proposeRules(name: "2027", document: "{\"acceptedIQ\":8000}")
    #expect(first.isNew && !again.isNew && first.position == again.position)
    await #expect(throws: CommandError.rulesNameTaken("2027")) {
      try await pits.handler.proposeRules(name: "2027", document: "{}")
    }
    await #expect(throws: CommandError.rulesNameTaken("2027")) {
      try await pits.handler.changeRules(name: "2027", document: "{}")
    }
    for name in ["", "standard", "Groß", "a b", String(repeating: "a", count: 41)] {
      await #expect(throws: CommandError.malformedRulesName(name)) {
        try await pits.handler.proposeRules(name: name, document: "{}")
      }
    }
    #expect(pits.log.all.count == 1)
  }

  @Test func `rules come into force, go and come back`() async throws {
    let pits = Pits()
    let handler = pits.handler
    _ = try await handler.changeRules(name: "one", document: "{\"acceptedIQ\":1}")
    #expect(try await !handler.changeRules(name: "one", document: "{\"acceptedIQ\":1}").isNew)
    _ = try await handler.changeRules(name: "two", document: "{\"acceptedIQ\":2}")
    #expect(try await handler.changeRules(name: "one", document: "{\"acceptedIQ\":1}").isNew)
    let governance = try await handler.governance()
    #expect(governance.changes.map(\.name) == ["one", "two", "one"])
    #expect(governance.rulesInForce()?.document == "{\"acceptedIQ\":1}")
    let restored = try await handler.restoreStandardRules(document: "{}")
    #expect(restored.isNew)
    #expect(try await !handler.restoreStandardRules(document: "{}").isNew)
    let standard = try await handler.governance()
    #expect(standard.nameInForce == "standard" && standard.rulesInForce() == nil)
    #expect(standard.rulesInForce(at: governance.changes[0].position)?.name == "one")
    #expect(standard.published.map(\.name) == ["one", "two"])
  }

  @Test func `an event is quarantined once, and who decided it is known`() async throws {
    let pits = Pits()
    let operatorID = UserID(high: 8, low: 1)
    let position = Position(rawValue: 77)
    let first = try await pits.handler.quarantine(position, reason: "damaged by hand", by: operatorID)
    #expect(try await !pits.handler.quarantine(position, reason: "again").isNew)
    let governance = try await pits.handler.governance()
    #expect(governance.quarantined.count == 1 && governance.isQuarantined(position))
    #expect(governance.quarantined[0].by == operatorID && governance.quarantined[0].decidedAt == first.position)
  }

  @Test func `of two decisions at once one is made on what the other left`() async throws {
    let pits = Pits()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          for _ in 0..<50 {
            do throws(CommandError) {
              _ = try await pits.handler.proposeRules(name: "r\(number)", document: "{\"acceptedIQ\":\(number)}")
              return
            } catch {
              guard case .conflict = error else {
                Issue.record(error)
                return
              }
            }
          }
        }
      }
    }
    let governance = try await pits.handler.governance()
    #expect(Set(governance.published.map(\.name)) == Set((0..<8).map { "r\($0)" }))
    #expect(pits.log.all.map(\.version.rawValue) == Array(1...8))
  }
}
