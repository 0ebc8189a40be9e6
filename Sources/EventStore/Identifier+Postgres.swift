internal import Events
internal import Postgres

extension PostgresUUID {
  init(_ id: some Identifier) { self.init(high: id.high, low: id.low) }
}

extension Identifier {
  init(_ uuid: PostgresUUID) { self.init(high: uuid.high, low: uuid.low) }
}
