#if canImport(Glibc)
  import Glibc
#endif

/// Items made in order by two threads and taken in order by one of them: one that is not made yet is waited for, one
/// that nobody has begun is made by who wants it.
final class Relay<Item> {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let more = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let make: (Int) -> Item
  private var items: [Item?]
  /// How many items were begun.
  private var begun = 0

  /// So many items; `make` is called by either thread, once for each.
  init(_ count: Int, _ make: @escaping (Int) -> Item) {
    self.make = make
    items = (0..<count).map { _ in nil }
    pthread_mutex_init(lock, nil)
    pthread_cond_init(more, nil)
  }

  deinit {
    pthread_cond_destroy(more)
    pthread_mutex_destroy(lock)
    more.deallocate()
    lock.deallocate()
  }

  /// Makes what nobody has begun, until nothing is left: the other thread's part.
  func work() {
    while let at = next(atMost: items.count - 1) {
      let made = make(at)
      pthread_mutex_lock(lock)
      items[at] = made
      pthread_cond_signal(more)
      pthread_mutex_unlock(lock)
    }
  }

  /// The item of a place, each once and in order.
  func take(_ at: Int) -> Item {
    if next(atMost: at) != nil { return make(at) }
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let made = items[at].take() { return made }
      pthread_cond_wait(more, lock)
    }
  }

  /// No more items are wanted.
  func stop() {
    pthread_mutex_lock(lock)
    begun = items.count
    pthread_mutex_unlock(lock)
  }

  /// The next item that nobody has begun, up to a place.
  private func next(atMost last: Int) -> Int? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    guard begun <= last else { return nil }
    begun += 1
    return begun - 1
  }
}
