import Racing
import Testing

@testable import Timing

@Suite struct TidyTablesTests {
  @Test func `Monaco 2023 loads`() throws {
    let imported = try TidyTables(directory: "/work/shared/data/races").race("2023-06-monaco")
    print(imported.record.entrants.count, imported.record.provenance, imported.notes)
    #expect(imported.record.lapCount == 78)
  }
}
