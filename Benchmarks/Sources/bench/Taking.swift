import Foundation
import Racing
import Timing

/// Autopsies of a made-up race: of all drivers, with and without intervals, and of one from its record.
func measureAutopsy(_ bed: Bed) async throws -> [Figure] {
  let race = SyntheticRace.generate(seed: bed.seed, laps: 66)
  let replicates = bed.quick ? 50 : 200
  var (plain, single, full) = ([Double](), [Double](), [Double]())
  for run in 0...3 {
    let autopsies = try Autopsies(race)
    let all = try timeThrowing { for code in autopsies.drivers { _ = try autopsies.autopsy(of: code) } }
    let one = try await timeAsync {
      _ = try await Autopsies(race).autopsies(of: Array(autopsies.drivers.prefix(1)), replicates: replicates)
    }
    let whole = try await timeAsync { _ = try await autopsies.autopsies(replicates: replicates) }
    if run == 0 { continue }
    plain.append(all)
    single.append(one)
    full.append(whole)
  }
  let note = "\(race.entrants.count) cars, 66 laps, \(replicates) replicates"
  return [
    Figure("autopsy.all_drivers_seconds", plain, unit: "s", note: "\(race.entrants.count) cars, 66 laps, no intervals")
      .atMost(1),
    Figure("autopsy.one_driver_from_record_seconds", single, unit: "s", note: note).atMost(5),
    Figure("autopsy.all_drivers_with_intervals_seconds", full, unit: "s", note: "\(note), all cores").atMost(60),
  ]
}

/// Live timing from bytes to laps: the first race of the raw sessions under `BLAME_TEST_DATA`.
func measureTiming(_ bed: Bed) throws -> [Figure] {
  let root = ProcessInfo.processInfo.environment["BLAME_TEST_DATA"] ?? "../../shared/data"
  let path = root + "/timing/2018_Azerbaijan_Race/raw"
  guard let data = FileManager.default.contents(atPath: path + "/TimingData.jsonStream") else {
    FileHandle.standardError.write(Data("bench: no race data at \(path): set BLAME_TEST_DATA\n".utf8))
    return []
  }
  let bytes = [UInt8](data)
  let runs = bed.quick ? 5 : 15
  var (laps, whole, walk) = ([Double](), [Double](), [Double]())
  var newlines = 0
  for run in 0...runs {
    let one = 1000 * time { _ = LiveSession(topics: ["TimingData": bytes]).laps() }
    let two = try 1000 * timeThrowing { _ = try LiveSession(directory: path).laps() }
    let three = 1000 * time { newlines &+= bytes.count { $0 == 0x0A } }
    if run == 0 { continue }
    laps.append(one)
    whole.append(two)
    walk.append(three)
  }
  let megabytes = (Double(bytes.count) / 1e5).rounded() / 10
  return [
    Figure(
      "timing.bytes_to_laps_milliseconds", laps, unit: "ms", limit: walk,
      note: "Baku 2018, \(megabytes) MB; limit: a look at every byte, \(newlines / (runs + 1)) lines"
    ).atMost(50),
    Figure("timing.whole_session_milliseconds", whole, unit: "ms", note: "every topic, from files").atMost(100),
  ]
}
