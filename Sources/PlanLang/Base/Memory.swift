import CKernels

/// What the system is told about memory before it is touched: a page costs its first touch, a huge page a small part of
/// what its many would.
public enum Memory {
  /// How many times the bytes of its text a plan that is read takes, as measured.
  private static let times = 7
  /// Sizes of texts that are worth it; above them columns are advised one by one (`reserveWide`).
  private static let sizes = 1 << 18...1 << 23

  /// Tells that plans of so many bytes of text will be read: once, in a process that does little else.
  static func expect(text bytes: Int) {
    if sizes.contains(bytes) { plan_memory_expect(times * bytes) }
  }

  /// Touches what was expected and no thread has begun to use.
  static func touch() { plan_memory_touch() }

  /// Asks for huge pages where a buffer lies.
  public static func widen(_ buffer: UnsafeRawBufferPointer) { plan_memory_wide(buffer.baseAddress, buffer.count) }
}

extension Array {
  /// Makes room for so many, in huge pages where it is large.
  mutating func reserveWide(_ count: Int) {
    reserveCapacity(count)
    let bytes = capacity * MemoryLayout<Element>.stride
    withUnsafeMutableBufferPointer { plan_memory_wide($0.baseAddress, bytes) }
  }

  /// As many as are filled in, each once, in huge pages where they are many.
  static func made(
    _ count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void
  ) -> [Element] where Element: BitwiseCopyable {
    [Element](unsafeUninitializedCapacity: count) { room, made in
      Memory.widen(UnsafeRawBufferPointer(room))
      fill(room)
      made = count
    }
  }
}
