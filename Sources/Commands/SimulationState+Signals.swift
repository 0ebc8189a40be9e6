internal import Racing

extension SimulationState {
  /// What the lap just driven gives of the signals waited for, the most urgent one; nil when it gives none.
  /// - Complexity: O(cars × sets).
  func reason(among signals: Set<StopSignal>) -> Interruption.Reason? {
    if signals.contains(.rivalStop), let driver = neighbourComingIn { return .rivalStop(driver) }
    if signals.contains(.rainTyres), let driver = rivalOnOtherTyres { return .rainTyres(driver) }
    if signals.contains(.place), car.place() != placeBefore { return .place(car.place()) }
    return nil
  }

  private var neighbourComingIn: DriverCode? {
    let (ahead, behind) = neighbours()
    let near = [ahead, behind].compactMap { $0?.driver }
    return world.rivals.first { near.contains($0.code) && $0.inLaps[lap] }?.code
  }

  private var rivalOnOtherTyres: DriverCode? {
    world.rivals.first { rival in
      guard rival.lastLap >= lap, let fitted = rival.stints.firstIndex(where: { $0.firstLap == lap }), fitted > 0
      else { return false }
      return rival.stints[fitted].compound.tyreClass != rival.stints[fitted - 1].compound.tyreClass
    }?.code
  }

  private var placeBefore: Int { world.place(atEndOf: lap - 1, elapsed: car.path[lap - 1]) }
}
