import Commands
import Events
import Racing

extension Api {
  /// The race that a body names: `"monaco-2023"`, `"2023/monaco"`, or an object with `season` and `gp` or `round`.
  func namedRace(_ fields: Fields) throws(Problem) -> RaceSummary {
    let text = try fields.required("race", try fields.text("race"))
    let parts = text.split { $0 == "/" || $0 == "-" }
    let year = parts.compactMap { Int($0) }.first { (1950...2999).contains($0) }
    let slug = parts.filter { $0 != "\(year ?? 0)" }.joined(separator: "-")
    guard let year, !slug.isEmpty else {
      throw Problem(
        .invalidValue, "race is \"\(text.prefix(64))\"; season and Grand Prix were expected, such as \"2023/monaco\".",
        pointer: fields.place("race"))
    }
    guard let race = library.summary(season: year, circuit: slug) else {
      throw Problem(
        .unknownRace, "There is no race \"\(slug.prefix(64))\" of \(year) here; GET /api/v1/races lists what there is.",
        pointer: fields.place("race"))
    }
    return race
  }

  static func driver(_ fields: Fields) throws(Problem) -> DriverCode {
    let text = try fields.required("driver", try fields.text("driver"))
    guard let driver = DriverCode(text.uppercased()) else {
      throw Problem(
        .unknownDriver, "driver is \"\(text.prefix(32))\"; a code of three letters was expected, such as \"VER\".",
        pointer: fields.place("driver"))
    }
    return driver
  }

  static func compound(_ fields: Fields, _ name: String) throws(Problem) -> Compound? {
    guard let text = try fields.text(name) else { return nil }
    guard let compound = Compound(name: text.uppercased()) else {
      throw Problem(
        .unknownCompound,
        "\(name) is \"\(text.prefix(32))\"; a tyre was expected: \(Compound.allCases.map(\.name).joined(separator: ", ")).",
        pointer: fields.place(name), extras: [.texts("known", Compound.allCases.map(\.name))])
    }
    return compound
  }

  /// What a decision's body chooses: a stop with its tyre, staying out, or a pace.
  static func choice(_ fields: Fields) throws(Problem) -> MakeDecision.Choice {
    let kinds = ["pit": Kind.pit, "stay": .stay, "pace": .pace]
    let kind = try fields.required("kind", try choice(fields, "kind", from: kinds))
    // What would be passed over was meant: somebody who sends a pace with a stop believes that both are decided.
    let texts = [
      (name: "compound", kind: Kind.pit, text: try fields.text("compound")),
      (name: "pace", kind: .pace, text: try fields.text("pace")),
    ]
    for (name, owner, text) in texts where kind != owner && text != nil {
      throw Problem(
        .invalidValue,
        "\(name) does not go with this kind: a decision is a stop, staying out or a pace; send one after the other.",
        pointer: fields.place(name))
    }
    switch kind {
    case .pit: return .pit(try fields.required("compound", try compound(fields, "compound")))
    case .stay: return .stayOut
    case .pace:
      let paces = ["normal": PaceMode.normal, "push": .push, "save": .save]
      return .pace(try fields.required("pace", try choice(fields, "pace", from: paces)))
    }
  }

  private enum Kind { case pit, stay, pace }

  /// One of a few words; nil when the member is absent.
  static func choice<Value>(
    _ fields: Fields, _ name: String, from words: [String: Value]
  ) throws(Problem) -> Value? {
    guard let text = try fields.text(name) else { return nil }
    guard let value = words[text] else {
      let known = words.keys.sorted()
      throw Problem(
        .invalidValue, "\(name) is \"\(text.prefix(32))\"; one of \(known.joined(separator: ", ")) was expected.",
        pointer: fields.place(name), extras: [.texts("known", known)])
    }
    return value
  }

  /// What a run that is driven on waits for.
  static func signals(_ fields: Fields) throws(Problem) -> Set<StopSignal> {
    var signals: Set<StopSignal> = []
    for word in try fields.texts("stopOn", limit: StopSignal.allCases.count) ?? [] {
      guard let signal = StopSignal(rawValue: word) else {
        let known = StopSignal.allCases.map(\.rawValue)
        throw Problem(
          .invalidValue,
          "stopOn has \"\(word.prefix(32))\"; \(known.joined(separator: ", ")) were expected, some of them.",
          pointer: fields.place("stopOn"), extras: [.texts("known", known)])
      }
      signals.insert(signal)
    }
    return signals
  }

  /// A plan that is played in one call.
  func playPlan(
    _ fields: Fields, _ race: RaceSummary, _ driver: DriverCode, _ start: Compound?
  ) throws(Problem) -> Command {
    for name in ["startLap", "mode", "ranked", "pace"] where fields.has(name) {
      throw Problem(
        .invalidValue, "\(name) does not go with stops: a plan sent whole begins at lap 1 and is practice.",
        pointer: fields.place(name))
    }
    let objects = try fields.objects("stops", names: ["lap", "compound"], limit: limits.planStops) ?? []
    var stops: [PlayPlan.Stop] = []
    for stop in objects {
      let lap = try stop.required("lap", try stop.integer("lap", in: 1...999))
      stops.append(.init(lap: lap, compound: try stop.required("compound", try Self.compound(stop, "compound"))))
    }
    return .playPlan(PlayPlan(race: race.key, driver: driver, startCompound: start, stops: stops))
  }
}
