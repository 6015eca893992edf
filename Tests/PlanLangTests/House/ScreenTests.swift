import Foundation
import Glibc
import Testing

@testable import PlanLang

/// The second screen's server, built and running: it serves this machine only, reads only, and follows.
@Suite(.serialized) struct ScreenTests {
  static let program: String? = {
    let path = Repository.root.path + "/.build/debug/planscreen"
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  private func start(_ port: Int) throws -> (process: Process, input: FileHandle, line: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.program))
    process.arguments = ["--port", String(port)]
    let (into, out) = (Pipe(), Pipe())
    process.standardInput = into
    process.standardOutput = out
    process.standardError = FileHandle.nullDevice
    try process.run()
    var line = ""
    while !line.hasSuffix("\n"), case let more = out.fileHandleForReading.availableData, !more.isEmpty { line += String(decoding: more, as: UTF8.self) }
    return (process, into.fileHandleForWriting, line.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// What an address answers to a raw request, until a text has come or the other side closes.
  private func ask(_ port: UInt16, _ request: String, until text: String? = nil, address: String = "127.0.0.1") -> String? {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    inet_pton(AF_INET, address, &place.sin_addr)
    let isOpen = withUnsafePointer(to: &place) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) } }
    guard isOpen == 0 else { return nil }
    _ = Array(request.utf8).withUnsafeBytes { write(handle, $0.baseAddress, $0.count) }
    var got = ""
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let end = Date().addingTimeInterval(8)
    while Date() < end {
      var ready = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 200) == 1 else {
        if text == nil, !got.isEmpty { return got }
        continue
      }
      let count = read(handle, &bytes, bytes.count)
      if count <= 0 { return got }
      got += String(decoding: bytes[0..<count], as: UTF8.self)
      if let text, got.contains(text) { return got }
    }
    return got
  }

  @Test(.enabled(if: program != nil)) func servesThisMachineAndFollows() throws {
    let (process, input, line) = try start(0)
    #expect(line.hasPrefix("http://127.0.0.1:"))
    let port = try #require(UInt16(line.split(separator: ":").last?.dropLast() ?? ""))
    let page = ask(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n", until: "</html>") ?? ""
    #expect(page.hasPrefix("HTTP/1.1 200") && page.contains("default-src 'none'") && page.contains("aria-live"))
    #expect(!page.contains("https://"), "no outside resources")
    #expect(ask(port, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")?.contains(" 405 ") == true)
    #expect(ask(port, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")?.contains(" 403 ") == true)
    #expect(ask(port, "GET /etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n")?.contains(" 404 ") == true)
    input.write(Data("{\"scenario\":\"satu\"}\n".utf8))
    #expect(ask(port, "GET /states HTTP/1.1\r\nHost: localhost\r\n\r\n", until: "satu")?.contains("data: {\"scenario\":\"satu\"}") == true)
    Thread.detachNewThread {
      usleep(300_000)
      input.write(Data("{\"scenario\":\"dua\"}\n".utf8))
    }
    #expect(ask(port, "GET /states HTTP/1.1\r\nHost: localhost\r\n\r\n", until: "dua")?.contains("data: {\"scenario\":\"dua\"}") == true)
    #expect(ask(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", address: "127.0.0.2") == nil, "bound to one address")
    let (second, _, refusal) = try start(Int(port))
    second.waitUntilExit()
    #expect(refusal == "error" && second.terminationStatus == 1)
    try input.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// Each state is one line of right JSON with everything the page asks for, whatever the plan has.
  @Test(arguments: ["examples/manado.plan", "examples/pertama.plan", "examples/bimtek/latihan.plan", "examples/mahakam-ulu/mahakam-ulu.plan"])
  func statesAreJSON(path: String) throws {
    for language in Language.allCases {
      var session = Session(host: FolderHost(folder: String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])), options: SessionOptions(language: language))
      #expect(session.open([(path, Repository.bytes(path))]) { _ in })
      for line in ["", "potong 1% dari dlh tahun 2026"] {
        if !line.isEmpty { _ = session.submit(line) { _ in } }
        let state = session.screenState()
        #expect(!state.bytes.contains(10))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(state.bytes)) as? [String: Any])
        for key in ["lang", "title", "scenario", "about", "document", "summary", "words", "money", "rules", "indicators", "flow"] { #expect(object[key] != nil, "\(key)") }
      }
    }
  }
}
