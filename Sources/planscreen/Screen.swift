import FlyingFox
import FlyingSocks
import Foundation

/// The second screen's server: states come as JSON lines on standard input, and every page follows them.
@main
struct Screen {
  static func main() async {
    let arguments = CommandLine.arguments
    let wanted = arguments.firstIndex(of: "--port").flatMap { $0 + 1 < arguments.count ? UInt16(arguments[$0 + 1]) : nil } ?? 8765
    let hub = Hub()
    // Standard input ends with the session; so does the screen.
    Thread.detachNewThread {
      while let line = readLine(strippingNewline: true) {
        let state = line
        Task { await hub.tell(state) }
      }
      exit(0)
    }
    do {
      let server = HTTPServer(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: wanted), timeout: 3600, logger: .disabled)
      await server.appendRoute("*", to: ClosureHTTPHandler { request in await answer(request, hub) })
      let running = Task { try await server.run() }
      try await server.waitUntilListening(timeout: 5)
      guard case .ip4(_, let port)? = await server.listeningAddress else { throw SocketError.unsupportedAddress }
      tell("http://127.0.0.1:\(port)/")
      try await running.value
    } catch {
      tell("error")
      exit(1)
    }
  }

  private static func tell(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// Only a reader on this machine, and only reading: another host's page may not look in through the browser.
  static func answer(_ request: HTTPRequest, _ hub: Hub) async -> HTTPResponse {
    let host = (request.headers[.host] ?? "").split(separator: ":").first.map(String.init) ?? ""
    guard host == "127.0.0.1" || host == "localhost" else { return refusal(.forbidden) }
    guard request.method == .GET else { return refusal(.methodNotAllowed) }
    let guards: HTTPHeaders = [
      HTTPHeader("Content-Security-Policy"): "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("Referrer-Policy"): "no-referrer", HTTPHeader("Cache-Control"): "no-store",
    ]
    switch request.path {
    case "/":
      var headers = guards
      headers[.contentType] = "text/html; charset=utf-8"
      return HTTPResponse(statusCode: .ok, headers: headers, body: Data(page.utf8))
    case "/states":
      var headers = guards
      headers[.contentType] = "text/event-stream; charset=utf-8"
      return HTTPResponse(statusCode: .ok, headers: headers, body: HTTPBodySequence(from: Events(stream: await hub.follow())))
    default: return refusal(.notFound)
    }
  }

  private static func refusal(_ status: HTTPStatusCode) -> HTTPResponse { HTTPResponse(statusCode: status, body: Data()) }
}

/// The last state, and everyone who follows.
actor Hub {
  private var last: String?
  private var followers: [UUID: AsyncStream<[UInt8]>.Continuation] = [:]
  private var beats = false

  func tell(_ state: String) {
    last = state
    send(Self.event(state))
  }

  /// The last state, then each new one; a comment every few seconds, so that a closed page is noticed.
  func follow() -> AsyncStream<[UInt8]> {
    let id = UUID()
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(4))
    followers[id] = continuation
    continuation.onTermination = { _ in Task { await self.leave(id) } }
    continuation.yield(last.map(Self.event) ?? Array(": \n\n".utf8))
    if !beats {
      beats = true
      Task { await beat() }
    }
    return stream
  }

  private func leave(_ id: UUID) { followers[id] = nil }

  private func beat() async {
    while true {
      try? await Task.sleep(for: .seconds(10))
      send(Array(": \n\n".utf8))
    }
  }

  private func send(_ bytes: [UInt8]) { for follower in followers.values { follower.yield(bytes) } }

  private static func event(_ state: String) -> [UInt8] { Array("data: \(state)\n\n".utf8) }
}

/// A stream of byte runs as a body.
struct Events: AsyncBufferedSequence {
  typealias Element = UInt8
  let stream: AsyncStream<[UInt8]>

  func makeAsyncIterator() -> Iterator { Iterator(inner: stream.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var inner: AsyncStream<[UInt8]>.Iterator
    private var rest: ArraySlice<UInt8> = []

    init(inner: AsyncStream<[UInt8]>.Iterator) { self.inner = inner }

    mutating func next() async -> UInt8? { await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested count: Int) async -> ArraySlice<UInt8>? {
      if rest.isEmpty {
        guard let more = await inner.next() else { return nil }
        rest = more[...]
      }
      let part = rest.prefix(count > 0 ? count : 1)
      rest = rest.dropFirst(part.count)
      return part
    }
  }
}
