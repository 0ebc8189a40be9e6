import Events
import Postgres
import Projections

struct ProjectionStore: Sendable {
  let pool: Pool
  func snapshot() async throws -> (model: ReadModel, position: Position)? { nil }
  func save(_ state: (ReadModel, Position)) async throws {}
}
