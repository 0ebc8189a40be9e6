public import EventStore
import Events
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import Postgres
import ServiceLifecycle
import UnixSignals

/// The server: the log, the projections and the HTTP interface, started and stopped in order.
public struct BlameServer: Sendable {
  /// What it is made of.
  public let parts: ServerParts
  private let metrics = Metrics()
  private let stopping = AsyncStream<Void>.makeStream()

  /// Why a server did not come up.
  public enum Failure: Error, Sendable {
    /// The schema could not be brought up to date.
    case migration(MigrationError)
    /// The address cannot be listened on, or a part ended unexpectedly.
    case service(String)
  }

  /// A server that is not running yet.
  public init(_ configuration: ServerConfiguration, logger: Logger) {
    parts = ServerParts(configuration, logger: logger)
  }

  /// Serves until SIGINT or SIGTERM: then requests under way are answered, what the projections hold is written
  /// through, and the log is closed.
  /// - Parameter isListening: called once with the address, which is useful when any free port was asked for.
  public func run(
    handlesSignals: Bool = true, isListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
  ) async throws(Failure) {
    try await migrate()
    let runner = ProjectionRunner(parts)
    let expiry =
      parts.configuration.isReadOnly
      ? nil : ExpiredSessions(sessions: parts.accounts.sessions, logger: parts.logger)
    var configuration = ServiceGroupConfiguration(
      services: [
        .init(service: LogService(log: parts.log)),
        .init(service: runner),
        .init(service: IntegratorService(integrator: parts.integrator)),
        .init(service: parts.jobService(parts.jobKinds)),
        .init(service: ExpiryService(work: expiry)),
        .init(service: http(isListening), successTerminationBehavior: .gracefullyShutdownGroup),
        .init(service: StopSwitch(stopped: stopping.stream), successTerminationBehavior: .gracefullyShutdownGroup),
      ],
      gracefulShutdownSignals: handlesSignals ? [.sigint, .sigterm] : [], logger: parts.logger)
    configuration.maximumGracefulShutdownDuration = parts.configuration.drainTime
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      throw .service("\(error)")
    }
    parts.replays.cancel()
    await parts.pool.close()
    await parts.bulkPool.close()
  }

  /// Makes ``run(handlesSignals:isListening:)`` end as a signal would. Returns at once.
  public func stop() { stopping.continuation.finish() }

  private func migrate() async throws(Failure) {
    guard let directory = parts.configuration.schemaDirectory else { return }
    do throws(MigrationError) {
      try await Migrator(parts.pool.configuration, directory: directory).run()
    } catch { throw .migration(error) }
  }

  /// The page, if it is built; without it the API works all the same.
  private func page() -> Page? {
    guard let directory = parts.configuration.webDirectory else { return nil }
    do throws(PageFiles.Failure) { return try Page(directory: directory) } catch {
      parts.logger.notice("there is no page to serve: build it with web/build.sh", metadata: ["reason": "\(error)"])
      return nil
    }
  }

  private func http(_ isListening: @escaping @Sendable (ListenAddress) async -> Void) -> some Service {
    let configuration = parts.configuration
    let limits = configuration.limits
    let responder = CallResponder(
      answering: parts.api(metrics), accounts: parts.accounts, limits: limits, metrics: metrics,
      trustsProxy: configuration.trustsProxy, isReadOnly: configuration.isReadOnly,
      ownOrigin: OwnOrigin(configuration.publicURL), crossOrigin: configuration.crossOrigin, page: page())
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [SlowReader(limit: limits.stallTime)],
      idleTimeout: .nanoseconds(limits.idleTime.microseconds * 1000),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.headerFieldBytes, maxHeaderListSize: limits.headerBytes,
        maxHeaderFieldCount: limits.headerFields))
    return Application(
      responder: responder, server: .http1(configuration: channel),
      configuration: ApplicationConfiguration(
        address: configuration.address.bind, serverName: nil,
        availableConnectionsDelegate: CountedConnections(limit: limits.connections, metrics: metrics)),
      onServerRunning: { channel in await isListening(ListenAddress(channel, configuration.address)) },
      logger: parts.logger)
  }
}

/// The log as a part of the group: closed last, so that whatever was taken in is still appended.
private struct LogService: Service {
  let log: PostgresEventLog

  func run() async {
    await withGracefulShutdownHandler {
      await log.run()
    } onGracefulShutdown: {
      log.close()
    }
  }
}

/// The integration as a part of the group: stopped before the log, after a last checkpoint.
private struct IntegratorService: Service {
  let integrator: Integrator?

  func run() async {
    await cancelWhenGracefulShutdown {
      await integrator?.run()
      await endOfTask()
    }
  }
}

/// Waits for the end: a service that returns ends the group, and a server serves on without some of them.
private func endOfTask() async {
  while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
}

/// The deletion of what ran out as a part of the group.
private struct ExpiryService: Service {
  /// nil where nothing may be written.
  let work: ExpiredSessions?

  func run() async {
    await cancelWhenGracefulShutdown {
      await work?.run()
      await endOfTask()
    }
  }
}

/// Ends when somebody wants the server to stop.
private struct StopSwitch: Service {
  let stopped: AsyncStream<Void>

  func run() async {
    await cancelWhenGracefulShutdown { for await _ in stopped {} }
  }
}

extension ListenAddress {
  fileprivate var bind: BindAddress {
    switch self {
    case .host(let host, let port): .hostname(host, port: port)
    case .socket(let path): .unixDomainSocket(path: path)
    }
  }

  fileprivate init(_ channel: any Channel, _ wanted: ListenAddress) {
    switch wanted {
    case .host(let host, let port): self = .host(host, port: channel.localAddress?.port ?? port)
    case .socket: self = wanted
    }
  }
}
