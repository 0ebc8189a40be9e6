extension Simulation {
  /// Charges the pace of the next lap: how much later the best finish becomes by it.
  mutating func chargePace(_ mode: PaceMode, isCalled: Bool) {
    let lap = state.lap + 1
    var charge = Charges()
    if allowsModes, world.kinds[lap].isRacing, best.plan.mode(on: lap, initial: bestMode) != mode {
      charge.tyre = move(to: world.optimum(from: state, paceNext: mode), mode: mode)
    }
    carriedPaces += charge
    guard isCalled else { return }
    plan.paces.append(.init(lap: lap, mode: mode))
    charged.append(row(.pace, lap: lap, mode: mode, charges: carriedPaces))
    carriedPaces = Charges()
  }

  /// Charges stopping or staying at the end of the next lap, then the tyre. `state.mode` is the lap's pace already.
  mutating func chargeStop(_ call: LapCall) {
    let lap = state.lap + 1
    let planned = best.plan.change(atEndOf: lap)?.compound
    var charge = Charges()
    if let tyre = call.stop {
      if planned == nil {
        let cost = move(to: world.optimum(from: state, stoppingNextWithModes: allowsModes))
        charge.add(cost, to: part(ofLap: lap))
      }
      if best.plan.change(atEndOf: lap)?.compound != tyre {
        charge.tyre += move(to: world.optimum(from: after(call), allowsModes: allowsModes))
      }
    } else if planned != nil {
      charge.add(move(to: world.optimum(from: after(call), allowsModes: allowsModes)), to: part(ofLap: lap))
    }
    record(call, lap: lap, charge: charge)
  }

  private mutating func record(_ call: LapCall, lap: Int, charge: Charges) {
    let kind = world.kinds[lap]
    guard call.stop != nil || (call.saysStay && !kind.isRacing) else {
      carriedStops += charge
      return
    }
    if kind == .red {
      charged.append(row(.red, lap: lap, compound: call.stop, charges: charge))
    } else if let tyre = call.stop {
      carriedStops += charge
      charged.append(row(.pit, lap: lap, compound: tyre, charges: carriedStops))
      carriedStops = Charges()
    } else {
      charged.append(row(.safetyCar, lap: lap, charges: charge))
    }
  }

  /// Charges everything that was left undecided.
  mutating func chargeFinish() {
    carriedStops += carriedPaces
    charged.append(row(.finish, lap: state.lap, charges: carriedStops))
    carriedStops = Charges()
    carriedPaces = Charges()
  }

  /// Takes the new best finish and tells how much later it is.
  private mutating func move(to next: Optimum?, mode: PaceMode? = nil) -> Int64 {
    guard let next else { preconditionFailure("a legal call leaves a legal finish") }
    let cost = next.finish - best.finish
    best = next
    bestMode = mode ?? state.mode
    return cost
  }

  private func after(_ call: LapCall) -> RunState {
    let lap = state.lap + 1
    let change = call.stop.map { Plan.Change(lap: lap, compound: $0, isFree: world.kinds[lap] == .red) }
    return world.driven(state, mode: state.mode, change: change)
  }

  private func row(
    _ kind: DecisionRegret.Kind, lap: Int, compound: Compound? = nil, mode: PaceMode? = nil, charges: Charges
  ) -> DecisionRegret {
    DecisionRegret(
      lap: lap, kind: kind, compound: compound, mode: mode, charges: charges, elapsed: state.elapsed)
  }

  private func part(ofLap lap: Int) -> WritableKeyPath<Charges, Int64> {
    if world.kinds[lap] == .red { return \.tyre }
    return world.kinds[max(1, lap - 2)...lap].contains(where: \.isNeutralised) ? \.safetyCar : \.pit
  }
}

extension Charges {
  mutating func add(_ milliseconds: Int64, to part: WritableKeyPath<Charges, Int64>) {
    self[keyPath: part] += milliseconds
  }
}

extension SimulationWorld {
  /// The best finish of a stop at the end of the next lap over every tyre, at the state's pace.
  func optimum(from state: RunState, stoppingNextWithModes allowsModes: Bool) -> Optimum? {
    optima.optimum(.init(state: state, question: .stopNext(state.mode), allowsModes: allowsModes)) {
      (search: inout OptimumSearch) in
      optimum(after: changes(after: state), of: state, mode: state.mode, allowsModes: allowsModes, search: &search)
    }
  }

  /// The best finish with that pace on the next lap.
  func optimum(from state: RunState, paceNext mode: PaceMode) -> Optimum? {
    optima.optimum(.init(state: state, question: .paceNext(mode), allowsModes: true)) {
      (search: inout OptimumSearch) in
      optimum(after: [nil] + changes(after: state), of: state, mode: mode, allowsModes: true, search: &search)
    }
  }

  /// The changes that may be made at the end of the next lap.
  private func changes(after state: RunState) -> [Plan.Change?] {
    let lap = state.lap + 1
    let change = tyreChange(atEndOf: lap)
    guard change != .none else { return [] }
    return compounds.map { Plan.Change(lap: lap, compound: $0, isFree: change == .free) }
  }

  private func optimum(
    after changes: [Plan.Change?], of state: RunState, mode: PaceMode, allowsModes: Bool,
    search: inout OptimumSearch
  ) -> Optimum? {
    var legal: [(change: Plan.Change?, state: RunState)] = []
    for change in changes {
      let next = driven(state, mode: mode, change: change)
      if hasLegalFinish(next, allowsModes: allowsModes) { legal.append((change, next)) }
    }
    let options = OptimumOptions(allowsModes: allowsModes)
    guard let (found, origin) = best(from: legal.map(\.state), options: options, search: &search) else { return nil }
    var optimum = found
    optimum.plan.startCompound = state.compound
    if let change = legal[origin].change { optimum.plan.changes.insert(change, at: 0) }
    return optimum
  }
}
