import NIOCore
import NIOWebSocket

/// One conversation with the hub: from the negotiation to the end of the connection.
struct HubTalk: Sendable {
  let hub: BaseAddress
  let topics: [String]
  let account: SourceToken?
  let limits: FetchLimits

  /// How a conversation ended.
  enum Ending: Sendable {
    /// Whoever listened has enough.
    case enough
    /// The connection did not come up or broke; `didHear` where the hub had answered before.
    case lost(FetchError.Reason, didHear: Bool)
  }

  typealias Take = @Sendable ([UInt8]) async throws(FetchError.Reason) -> Bool

  /// The hub ends a connection on which it has heard nothing for 30 seconds.
  private static let pingInterval = Duration.seconds(15)
  private static let newline: UInt8 = 0x0a

  func run(_ client: WebClient, connected: @escaping @Sendable () async -> Void, _ take: @escaping Take) async -> Ending
  {
    do throws(FetchError.Reason) {
      let ticket = try await HubTicket.ask(hub, client, account)
      return try await HubSocket.with(hub, ticket, account, limits) { socket in
        await converse(socket, connected, take)
      }
    } catch {
      return .lost(error, didHear: false)
    }
  }

  private func converse(
    _ socket: HubSocket, _ connected: @escaping @Sendable () async -> Void, _ take: @escaping Take
  ) async -> Ending {
    await withTaskGroup(of: Ending?.self) { group in
      group.addTask { await listen(to: socket, connected, take) }
      group.addTask {
        await keepGoing(socket)
        return nil
      }
      defer { group.cancelAll() }
      while let ended = await group.next() { if let ended { return ended } }
      return .lost(.cancelled, didHear: false)
    }
  }

  private func listen(
    to socket: HubSocket, _ connected: @Sendable () async -> Void, _ take: Take
  ) async -> Ending {
    var records = HubRecords(longest: limits.bodyBytes)
    var stage = Stage.greeting
    do {
      try await socket.send(HubRecord.handshake)
      for try await frame in socket.inbound {
        switch frame.opcode {
        case .text, .binary:
          for record in try records.take(frame.unmaskedData.readableBytesView) {
            guard try await hear(record, &stage, socket, connected, take) else { return .enough }
          }
        case .ping: try await socket.pong(frame)
        case .connectionClose: throw FetchError.Reason.unreachable("the hub closed the connection")
        default: break
        }
      }
      throw FetchError.Reason.unreachable("the hub ended the connection")
    } catch {
      return .lost(Task.isCancelled ? .cancelled : socket.reason(error), didHear: stage == .following)
    }
  }

  /// How far a conversation is.
  private enum Stage { case greeting, subscribing, following }

  /// Takes one record; false where whoever listens has enough.
  private func hear(
    _ bytes: ArraySlice<UInt8>, _ stage: inout Stage, _ socket: HubSocket, _ connected: @Sendable () async -> Void,
    _ take: Take
  ) async throws -> Bool {
    let record = try HubRecord(bytes)
    if record.type == 7 {
      throw FetchError.Reason.unreachable("the hub ends the connection: \(record.error ?? "no reason")")
    }
    if let error = record.error { throw FetchError.Reason.unexpectedContent("the hub refuses: \(error)") }
    switch stage {
    case .greeting:
      stage = .subscribing
      try await socket.send(HubRecord.subscription(to: topics))
      return true
    case .subscribing:
      // Before the answer there may be pings.
      guard record.type == 3 else { return true }
      stage = .following
      await connected()
    case .following: break
    }
    return try await take(Array(bytes) + [Self.newline])
  }

  /// Says every now and then that we are there.
  private func keepGoing(_ socket: HubSocket) async {
    do {
      while true {
        try await Task.sleep(for: Self.pingInterval)
        try await socket.send(HubRecord.ping)
      }
    } catch {
      // The connection has ended, which whoever listens hears as well.
      return
    }
  }
}
