/// A strategy: the set at the beginning and every change after it.
public struct Plan: Sendable, Hashable {
  /// New tyres at the end of a lap.
  public struct Change: Sendable, Hashable {
    /// The lap at whose end the set is fitted.
    public var lap: Int
    /// The tyre fitted.
    public var compound: Compound
    /// Age of the set in laps when it is fitted.
    public var age: Int
    /// Fitted under a red flag: it costs no time and is no stop.
    public var isFree: Bool

    /// A change of tyres; a new set in a pit stop unless said otherwise.
    public init(lap: Int, compound: Compound, age: Int = 0, isFree: Bool = false) {
      self.lap = lap
      self.compound = compound
      self.age = age
      self.isFree = isFree
    }
  }

  /// Another pace from a lap on.
  public struct PaceChange: Sendable, Hashable {
    /// The first lap at that pace.
    public var lap: Int
    /// How hard the car is driven.
    public var mode: PaceMode

    /// Another pace from that lap on.
    public init(lap: Int, mode: PaceMode) {
      self.lap = lap
      self.mode = mode
    }
  }

  /// The tyre at the beginning.
  public var startCompound: Compound
  /// Changes of tyres, laps ascending.
  public var changes: [Change]
  /// Changes of pace, laps ascending.
  public var paces: [PaceChange]

  /// A plan whose lists are ordered by lap.
  public init(startCompound: Compound, changes: [Change] = [], paces: [PaceChange] = []) {
    self.startCompound = startCompound
    self.changes = changes
    self.paces = paces
  }

  /// The changes that are pit stops.
  public var stops: [Change] { changes.filter { !$0.isFree } }

  /// The change at the end of a lap; nil when there is none. O(changes).
  public func change(atEndOf lap: Int) -> Change? { changes.first { $0.lap == lap } }

  /// The pace on a lap for a car that begins at `initial`. O(changes).
  public func mode(on lap: Int, initial: PaceMode = .normal) -> PaceMode {
    paces.last { $0.lap <= lap }?.mode ?? initial
  }
}
