#if canImport(Glibc)
  import Glibc
#endif

/// Items made by two threads and taken in order by one of them, which makes others while the one it wants is not there:
/// neither waits before all are begun.
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
    while let at = locked({ next() }) {
      let made = make(at)
      locked { put(made, at) }
    }
  }

  /// The item of a place, each once and in order. While it is being made, others that nobody has begun are.
  func take(_ at: Int) -> Item {
    while true {
      let (made, next) = locked {
        while items[at] == nil, begun >= items.count { pthread_cond_wait(more, lock) }
        let made = items[at].take()
        return (made, made == nil ? self.next() : nil)
      }
      if let made { return made }
      guard let next else { continue }
      let other = make(next)
      if next == at { return other }
      locked { put(other, next) }
    }
  }

  /// No more items are wanted.
  func stop() { locked { begun = items.count } }

  private func locked<Made>(_ work: () -> Made) -> Made {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return work()
  }

  // With the lock held: the next item that nobody has begun, and where one goes that was made.
  private func next() -> Int? {
    guard begun < items.count else { return nil }
    begun += 1
    return begun - 1
  }

  private func put(_ made: Item, _ at: Int) {
    items[at] = made
    pthread_cond_signal(more)
  }
}
