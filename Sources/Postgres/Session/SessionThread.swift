import CLibpq
import Glibc
import Synchronization

/// A thread of its own for one session, or for one cancel request, since both block.
final class SessionThread: Sendable {
  private let handle: Mutex<pthread_t?>

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  init(_ name: String, _ run: @escaping @Sendable () -> Void) throws(PostgresError) {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 1 << 20)
    let body = Unmanaged.passRetained(
      Body {
        clibpq_name_this_thread(name)
        run()
      })
    let failure = pthread_create(
      &thread, &attributes,
      { raw in
        guard let raw else { return nil }
        Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    pthread_attr_destroy(&attributes)
    guard failure == 0 else {
      body.release()
      throw PostgresError(.connectionFailed, "no thread to be had (errno \(failure))")
    }
    handle = Mutex(thread)
  }

  /// Waits for the end of a thread that is known to be about to end.
  func join() {
    if let thread = takeHandle() { pthread_join(thread, nil) }
  }

  /// Lets the thread end by itself.
  func detach() {
    if let thread = takeHandle() { pthread_detach(thread) }
  }

  private func takeHandle() -> pthread_t? {
    handle.withLock { handle in
      defer { handle = nil }
      return handle
    }
  }

  deinit { detach() }
}
