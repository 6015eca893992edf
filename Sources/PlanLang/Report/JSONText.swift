/// One JSON object or array written by hand over bytes: keys in the order given, strings escaped, no reflection.
public struct JSONText: Sendable {
  /// The text so far.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Nothing yet.
  public init() {}

  /// The text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Opens an object, as a value or behind a key.
  public mutating func object(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
    begin(key)
    bytes.append(0x7b)
    needsComma = false
    body(&self)
    bytes.append(0x7d)
    needsComma = true
  }

  /// Opens an object that `close` ends.
  public mutating func open() {
    begin(nil)
    bytes.append(0x7b)
    needsComma = false
  }

  /// Ends what `open` began.
  public mutating func close() {
    bytes.append(0x7d)
    needsComma = true
  }

  /// Opens an array, as a value or behind a key.
  public mutating func array(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
    begin(key)
    bytes.append(0x5b)
    needsComma = false
    body(&self)
    bytes.append(0x5d)
    needsComma = true
  }

  /// A string.
  public mutating func string(_ key: String? = nil, _ value: String) {
    begin(key)
    quote(value)
  }

  /// A whole number.
  public mutating func integer(_ key: String? = nil, _ value: Int) {
    begin(key)
    bytes += Array(String(value).utf8)
  }

  /// A Double; what is not finite becomes null.
  public mutating func real(_ key: String? = nil, _ value: Double) {
    begin(key)
    bytes += Array((value.isFinite ? "\(value)" : "null").utf8)
  }

  /// A truth value.
  public mutating func truth(_ key: String? = nil, _ value: Bool) {
    begin(key)
    bytes += Array((value ? "true" : "false").utf8)
  }

  /// Nothing.
  public mutating func null(_ key: String? = nil) {
    begin(key)
    bytes += Array("null".utf8)
  }

  /// A string or nothing.
  public mutating func string(_ key: String, orNull value: String?) {
    if let value { string(key, value) } else { null(key) }
  }

  private mutating func begin(_ key: String?) {
    if needsComma { bytes.append(0x2c) }
    needsComma = true
    if let key {
      quote(key)
      bytes.append(0x3a)
    }
  }

  private mutating func quote(_ value: String) {
    let hex = Array("0123456789abcdef".utf8)
    bytes.append(0x22)
    for byte in value.utf8 {
      switch byte {
      case 0x22: bytes += [0x5c, 0x22]
      case 0x5c: bytes += [0x5c, 0x5c]
      case 0x0a: bytes += [0x5c, 0x6e]
      case 0x0d: bytes += [0x5c, 0x72]
      case 0x09: bytes += [0x5c, 0x74]
      case 0..<0x20: bytes += [0x5c, 0x75, 0x30, 0x30, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
