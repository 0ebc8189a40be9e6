import CLibpq
import Glibc

extension EventLoop {
  /// Connects without blocking on the socket, within the configured time.
  ///
  /// libpq goes on to the next of several hosts when one refuses. Where one does not answer at all, because its machine
  /// is gone, it would wait for ever, so each host has its share of the time before another one is asked first.
  func connect() throws(PostgresError) -> Wire {
    let hosts = HostList(core.configuration.connectionString)
    let time = core.configuration.connectTimeout
    let share = time.nanoseconds / UInt64(hosts.count)
    for first in 0..<hosts.count {
      if let wire = try connect(hosts.words(beginningWith: first), within: share) { return wire }
    }
    throw PostgresError(.connectionFailed, "no connection within \(time)", isSafeToRetry: true)
  }

  /// A connection; nil when the time is up.
  private func connect(_ hosts: [(String, String)], within time: UInt64) throws(PostgresError) -> Wire? {
    let wire = try Wire(core.configuration, hosts)
    let deadline = monotonicNanoseconds() + time
    var interest = PGRES_POLLING_WRITING
    while interest != PGRES_POLLING_OK {
      guard interest != PGRES_POLLING_FAILED, !wire.isBad else { throw Self.refusal(wire) }
      guard try wait(wire, interest, until: deadline) else { return nil }
      interest = wire.pollConnection()
    }
    guard wire.becomeNonblocking(), wire.enterPipeline() else { throw Self.refusal(wire) }
    cancelKey = CancelKey(wire)
    return wire
  }

  private static func refusal(_ wire: Wire) -> PostgresError {
    PostgresError(.connectionFailed, wire.errorMessage, isSafeToRetry: true)
  }

  /// Waits for the socket; false when the time is up.
  private func wait(
    _ wire: Wire, _ interest: PostgresPollingStatusType, until deadline: UInt64
  ) throws(PostgresError) -> Bool {
    var descriptors = [
      pollfd(fd: wire.socket, events: Int16(interest == PGRES_POLLING_READING ? POLLIN : POLLOUT), revents: 0),
      pollfd(fd: core.inbox.wakeup.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      // Mail other than closing stays where it is until the connection stands.
      if core.inbox.isClosing { throw PostgresError(.cancelled, "closed while connecting", isSafeToRetry: true) }
      let now = monotonicNanoseconds()
      guard now < deadline else { return false }
      let isAsleep = core.inbox.fallAsleep()
      let count = poll(&descriptors, 2, Int32(min((deadline - now) / 1_000_000 + 1, isAsleep ? 60_000 : 50)))
      core.inbox.awake()
      if count > 0, descriptors[1].revents != 0 { core.inbox.wakeup.clear() }
      if count > 0, descriptors[0].revents != 0 { return true }
    }
  }
}
