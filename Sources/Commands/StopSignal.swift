/// Something on the track at which a run that is driven on waits for its player, told also when it happens on the last
/// lap asked for. It was chosen before the laps were driven, and tells nothing that the player would not see lap by lap.
public enum StopSignal: String, Sendable, CaseIterable, Hashable {
  /// The car directly ahead or behind at the line comes in.
  case rivalStop
  /// Somebody drove the lap on tyres of another class than before: dry, intermediate or wet.
  case rainTyres
  /// The car's place at the line is another one than a lap before.
  case place
}
