import Crypto
import Foundation

/// The weights of one bootstrap replicate: an exponential weight for every set of tyres of every driver, one draw for the
/// whole race so that all drivers share a refit, and the error of the pit loss.
package struct Bootstrap: Sendable {
  /// By driver and stint.
  let weights: [[Double]]
  /// Added to the loss of an out-lap, ms.
  let outShift: Int64

  /// The replicate of that number, from 1. Equal on every machine.
  ///
  /// - Complexity: O(stints).
  init(_ model: RaceModel, replicate: Int) {
    let race = "\(model.record.key.season)-\(model.record.key.round)-\(model.record.slug)"
    var random = SplitMix(seed: Self.hash64("\(race)|\(model.constants.version)|\(replicate)"))
    weights = model.data.drivers.map { driver in driver.stints.map { _ in -log(random.uniform()) } }
    let radius = (-2 * log(random.uniform())).squareRoot()
    let normal = radius * cos(2 * .pi * random.uniform())
    let error = Double(model.constants.circuit(model.record.circuit).errorMilliseconds ?? 0)
    outShift = Int64((normal * error).rounded(.toNearestOrAwayFromZero))
  }

  /// One weight for each clean lap.
  func external(_ model: RaceModel) -> [Double] {
    model.cleanLaps.map { lap in
      let stints = model.data.drivers[lap.driver].stints
      guard let stint = stints.firstIndex(where: { $0.laps.contains(lap.lap) }) else { return 1 }
      return weights[lap.driver][stint]
    }
  }

  /// The first eight bytes of SHA-256, the highest first.
  static func hash64(_ text: String) -> UInt64 {
    SHA256.hash(data: Data(text.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
