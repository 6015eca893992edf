import CKernels
import Glibc

/// A list of items without references that grows in place and is looked at without being counted.
///
/// For whoever does little with each of very many. It is for the user to know what lies in it.
struct Pile<Item: BitwiseCopyable>: ~Copyable {
  /// Where the items lie.
  private(set) var all: UnsafeMutablePointer<Item>
  /// How many there are.
  private(set) var count = 0
  private var room: Int

  /// An empty list.
  init() { self.init(room: 16) }

  /// An empty list with room for so many, in huge pages where that is large.
  init(room: Int) {
    self.room = Swift.max(16, room)
    all = .allocate(capacity: self.room)
    plan_memory_wide(all, self.room * MemoryLayout<Item>.stride)
  }

  /// So many of one item.
  init(repeating item: Item, count: Int) {
    self.init(room: count)
    all.initialize(repeating: item, count: count)
    self.count = count
  }

  deinit { all.deallocate() }

  /// Adds an item.
  @inline(__always) mutating func append(_ item: Item) {
    if count == room { grow() }
    (all + count).initialize(to: item)
    count += 1
  }

  @inline(never) private mutating func grow() {
    // Large room moves without being copied; what is allocated at a plain alignment comes from `malloc`.
    guard let more = realloc(all, 2 * room * MemoryLayout<Item>.stride) else { return }
    all = more.assumingMemoryBound(to: Item.self)
    room *= 2
    plan_memory_wide(all, room * MemoryLayout<Item>.stride)
  }

  /// Forgets the items.
  @inline(__always) mutating func clear() { count = 0 }
}
