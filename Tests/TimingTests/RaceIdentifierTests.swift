import Racing
import Testing

@testable import Timing

@Suite struct RaceIdentifierTests {
  @Test(arguments: ["2023-06-monaco", "2018-21-abu-dhabi", "2020-05-70th-anniversary"])
  func `a name survives`(name: String) {
    #expect(RaceIdentifier(name)?.description == name)
  }

  @Test(arguments: [
    "", "monaco", "2023-06", "2023-06-", "23-06-monaco", "2023-006-monaco", "2023-06-Monaco", "2023-00-x",
  ])
  func `what is no race's name is refused`(name: String) {
    #expect(RaceIdentifier(name) == nil)
  }

  @Test func `a race is chosen by name, slug or round, and never by chance`() throws {
    let names = ["2023-06-monaco", "2023-07-spain", "2024-08-monaco"]
    #expect(try chooseRace("2024-08-monaco", among: names, source: "s") == 2)
    #expect(try chooseRace("spain", among: names, source: "s") == 1)
    #expect(try chooseRace("7", among: names, source: "s") == 1)
    #expect(
      timingError { _ = try chooseRace("monaco", among: names, source: "s") }
        == .raceNotChosen(source: "s", held: ["2023-06-monaco", "2024-08-monaco"]))
    #expect(
      timingError { _ = try chooseRace("italy", among: names, source: "s") }
        == .unknownRace(source: "s", race: "italy", held: names))
    #expect(
      timingError { _ = try chooseRace(nil, among: names, source: "s") } == .raceNotChosen(source: "s", held: names))
  }
}
