import Foundation
import Testing

@testable import PlanLang

/// Where the checkout lies, found from this file.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let isRecording = ProcessInfo.processInfo.environment["PLAN_RECORD"] == "1"

  /// All files below a folder with an ending, in order, as paths from the root.
  static func files(below folder: String, ending: String) -> [String] {
    let base = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(ending) }.sorted().map { folder + "/" + $0 }
  }

  static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)) ?? ""
  }

  static func bytes(_ path: String) -> [UInt8] {
    (try? Data(contentsOf: root.appendingPathComponent(path))).map { Array($0) } ?? []
  }

  /// Compares with a recorded file, or records it.
  static func compare(_ actual: String, with path: String, _ location: SourceLocation = #_sourceLocation) {
    if isRecording {
      try? actual.write(to: root.appendingPathComponent(path), atomically: true, encoding: .utf8)
      return
    }
    let expected = text(path)
    if actual == expected { return }
    let (a, e) = (actual.split(separator: "\n", omittingEmptySubsequences: false), expected.split(separator: "\n", omittingEmptySubsequences: false))
    let at = zip(a, e).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, e.count)
    let got = at < a.count ? String(a[at]) : "<end>"
    let wanted = at < e.count ? String(e[at]) : "<end>"
    Issue.record("\(path):\(at + 1): expected «\(wanted)» but got «\(got)»; `make record` records anew", sourceLocation: location)
  }
}

/// A host over one folder of the checkout, on a fixed day.
struct FolderHost: PlanLang.Host {
  let folder: String
  var today: Int { 20_261_001 }
  var isInterrupted: Bool { false }

  func read(_ path: String, limit: Int) throws(HostFailure) -> [UInt8] {
    guard let data = try? Data(contentsOf: Repository.root.appendingPathComponent(folder + "/" + path)) else {
      throw HostFailure("No such file or directory")
    }
    guard data.count <= limit else { throw HostFailure("too large") }
    return Array(data)
  }
}

/// What a run of a script shows: answers, messages and the exit status, in order.
func screen(
  of path: String, language: Language = .indonesian, isStrict: Bool = false, format: String = "text", expressions: [String] = [], width: Int = 120
) -> (text: String, status: Int32) {
  let folder = path.split(separator: "/").dropLast().joined(separator: "/")
  let name = path.split(separator: "/").last.map(String.init) ?? path
  return screen(
    name: name, bytes: Repository.bytes(path), host: FolderHost(folder: folder), language: language, isStrict: isStrict, format: format,
    expressions: expressions, width: width)
}

func screen(
  name: String, bytes: [UInt8], host: any PlanLang.Host = MemoryHost(), language: Language = .indonesian, isStrict: Bool = false, format: String = "text",
  expressions: [String] = [], width: Int = 120
) -> (text: String, status: Int32) {
  var limits = Limits()
  limits.seconds = 120
  var session = Session(host: host, options: SessionOptions(language: language, limits: limits, isStrict: isStrict, isInteractive: false))
  var text = ""
  let outcome = session.run([(name, bytes)], expressions: expressions, mode: .answers) { answer in
    if format == "json" {
      for object in answer.json { text += object.text + "\n" }
    } else {
      text += PlainText.drawn(answer.document, TextStyle(width: width, language: language))
    }
  }
  return (text, outcome.status)
}
