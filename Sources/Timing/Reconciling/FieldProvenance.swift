public import Racing

/// Where each field of a record came from: one main source, and the exceptions.
public struct FieldProvenance: Sendable, Equatable {
  /// One field of one driver, or of one lap.
  public struct Field: Sendable, Hashable {
    /// The driver.
    public var driver: DriverCode
    /// The lap; nil for a field of the driver.
    public var lap: Int?
    /// The field, as in `lap_time_ms`.
    public var name: String

    /// That field.
    public init(driver: DriverCode, lap: Int? = nil, name: String) {
      self.driver = driver
      self.lap = lap
      self.name = name
    }
  }

  /// The source of every field that is not listed.
  public var main: String
  /// Sources of the others, with the rule behind a plus where one put the value right: `livetiming+C1`.
  public var exceptions: [Field: String] = [:]

  /// Everything from one source.
  public init(main: String) {
    self.main = main
  }

  /// The source of a field.
  public func source(of field: Field) -> String { exceptions[field] ?? main }

  /// One driver's map as it is stored: `{"_": main, "lap_time_ms@1": "jolpica"}`, keys sorted.
  public func entries(of driver: DriverCode) -> [(key: String, source: String)] {
    let own = exceptions.filter { $0.key.driver == driver }.map { field, source in
      (key: field.lap.map { "\(field.name)@\($0)" } ?? field.name, source: source)
    }
    return [(key: "_", source: main)] + own.sorted { $0.key < $1.key }
  }
}
