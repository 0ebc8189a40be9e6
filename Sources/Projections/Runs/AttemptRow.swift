/// How often a player played a race. No padding.
struct AttemptRow: BitwiseCopyable, Sendable {
  /// Runs that got beyond lap 1, of any kind and driver.
  var beyond: UInt32 = 0
}
