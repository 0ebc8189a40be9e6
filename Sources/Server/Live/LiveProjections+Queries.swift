import Events
import Projections
import Racing

extension LiveProjections {
  /// What a run is about; nil when the projections do not know it.
  func run(_ id: StreamID) -> RunFacts? { nil }
  func stamp(of board: Board) -> UInt64 { UInt64(position.rawValue) }
  func page(of board: Board, after: BoardCursor?, limit: Int) -> BoardPage {
    BoardPage(rows: [], hasMore: false, listed: 0)
  }
  func page(of board: Board, around user: UserID, limit: Int) -> BoardPage? { nil }
}
extension Api {
  func optimal(_ call: Call) async throws(Problem) -> Answer { throw Problem(.notReady, "") }
}
