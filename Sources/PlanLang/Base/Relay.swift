#if canImport(Glibc)
  import Glibc
#endif

/// A lock, taken and let go around what it guards.
final class Lock {
  fileprivate let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() { pthread_mutex_init(mutex, nil) }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// What some work comes to that nobody else does meanwhile.
  func held<Made>(_ work: () -> Made) -> Made {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return work()
  }
}

/// Items made by two threads and taken in order by one of them, which makes others while the one it wants is not there:
/// neither waits before all are begun.
final class Relay<Item> {
  private let lock = Lock()
  private let more = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let make: (Int) -> Item
  private var items: [Item?]
  /// How many items were begun.
  private var begun = 0

  /// So many items; `make` is called by either thread, once for each.
  init(_ count: Int, _ make: @escaping (Int) -> Item) {
    self.make = make
    items = (0..<count).map { _ in nil }
    pthread_cond_init(more, nil)
  }

  deinit {
    pthread_cond_destroy(more)
    more.deallocate()
  }

  /// Makes what nobody has begun, until nothing is left: the other thread's part.
  func work() {
    while let at = lock.held({ next() }) {
      let made = make(at)
      lock.held { put(made, at) }
    }
  }

  /// The item of a place, each once and in order. While it is being made, others that nobody has begun are.
  func take(_ at: Int) -> Item {
    while true {
      let (made, next) = lock.held {
        while items[at] == nil, begun >= items.count { pthread_cond_wait(more, lock.mutex) }
        let made = items[at].take()
        return (made, made == nil ? self.next() : nil)
      }
      if let made { return made }
      guard let next else { continue }
      let other = make(next)
      if next == at { return other }
      lock.held { put(other, next) }
    }
  }

  /// No more items are wanted.
  func stop() { lock.held { begun = items.count } }

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
