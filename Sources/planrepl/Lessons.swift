import ArgumentParser
import CLineEditor
import Glibc
import PlanLang

/// `planrepl practise`: the prompt with the exercises of a script; goes on where one stopped.
struct Practise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "practise",
    abstract: say("Kerjakan latihan dari sebuah naskah; berlanjut dari tempat berhenti.", "Do the exercises of a script; goes on where one stopped."),
    aliases: ["latih", "practice"])

  @Argument(help: help("Naskah rencana dan naskah latihan.", "The plan's script and the exercises' script."))
  var files: [String]

  @OptionGroup var common: CommonOptions
  var options: Choices { common.choices }

  func run() throws {
    let terminal = Terminal(options, folderOf: files[0])
    terminal.lessonFile = StateFolder.path.map { $0 + "/latihan-" + Self.label(files) }
    throw ExitCode(terminal.run(files))
  }

  /// A file name for the progress of these scripts.
  private static func label(_ files: [String]) -> String {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in files { for byte in (Disk.resolved(file) ?? file).utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 } }
    return String(value, radix: 36)
  }
}

/// `planrepl demo`: a script step by step before a room.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: say("Putar sebuah naskah langkah demi langkah di depan kelas.", "Play a script step by step before a room."),
    aliases: ["peragaan"])

  @Argument(help: help("Naskah rencana, lalu naskah demo.", "The plan's scripts, then the demo's script."))
  var files: [String]

  @Flag(name: .long, help: help("Tulis gladi: jawaban tiap langkah, untuk dibandingkan nanti.", "Write the rehearsal: each step's answer, to be compared later."))
  var record = false

  @Flag(name: .long, help: help("Huruf lega untuk proyektor: cerita berjarak, satu langkah selayar.", "Roomy for the projector: narration spaced, one step a screen."))
  var large = false

  @OptionGroup var common: CommonOptions
  var options: Choices { common.choices }

  func run() throws {
    let terminal = Terminal(options, folderOf: files[0])
    throw ExitCode(Player(terminal, isLarge: large).run(files, records: record))
  }
}

/// Plays the steps of a demo: forward, back, again, jump, and free typing in between.
private final class Player {
  private let terminal: Terminal
  private let isLarge: Bool
  private var steps: [DemoScript.Step] = []
  private var answers: [String] = []
  private var states: [Session] = []

  init(_ terminal: Terminal, isLarge: Bool) {
    self.terminal = terminal
    self.isLarge = isLarge
  }

  func run(_ files: [String], records: Bool) -> Int32 {
    let status = terminal.open(Array(files.dropLast()))
    if status != 0 { return status }
    guard let script = files.last else { return 64 }
    do throws(HostFailure) {
      let bytes = try Disk.contents(of: script, limit: 16 << 20)
      steps = DemoScript(String(decoding: bytes, as: UTF8.self), in: terminal.session).steps
    } catch {
      terminal.show(terminal.session.unreadable(script, error))
      return Status.inputOutput
    }
    guard rehearse(script) else { return Status.errors }
    let gladi = script + ".gladi"
    let page = answers.enumerated().map { "### \($0.offset + 1)\n\($0.element)" }.joined()
    if records {
      do throws(HostFailure) { try Disk.replace(gladi, with: Array(page.utf8)) } catch {
        terminal.tell("`\(gladi)` tidak dapat ditulis: \(error.reason)", "`\(gladi)` cannot be written: \(error.reason)")
        return Status.inputOutput
      }
      terminal.tell("gladi ditulis: \(gladi), \(steps.count) langkah", "rehearsal written: \(gladi), \(English.count(steps.count, "step"))")
      return 0
    }
    if let known = try? Disk.contents(of: gladi, limit: 16 << 20), !compare(String(decoding: known, as: UTF8.self)) { return Status.errors }
    guard isatty(STDIN_FILENO) == 1 else { return printed() }
    return play()
  }

  // MARK: Before the room

  /// Runs all steps once without showing them: a script with errors does not start.
  private func rehearse(_ script: String) -> Bool {
    var copy = terminal.session
    for (at, step) in steps.enumerated() {
      var text = ""
      var messages: [Answer] = []
      if !step.text.isEmpty {
        let style = TextStyle(width: 100, language: copy.options.language)
        let reply = copy.submit(step: step.text) { answer in
          text += PlainText.drawn(answer.document, style)
          if answer.isMessage { messages.append(answer) }
        }
        if reply == .refused || reply == .incomplete {
          terminal.show(copy.strangeDemo(script))
          terminal.tell("langkah \(at + 1):", "step \(at + 1):")
          for message in messages { terminal.show(message) }
          return false
        }
      }
      answers.append(text)
    }
    return true
  }

  /// Whether every answer is as rehearsed; shows both where one is not.
  private func compare(_ page: String) -> Bool {
    var known: [String] = []
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("### ") { known.append("") } else if !known.isEmpty { known[known.count - 1] += line + "\n" }
    }
    for (at, answer) in answers.enumerated() {
      let old = at < known.count ? known[at] : ""
      if trimmed(old) == trimmed(answer) { continue }
      terminal.tell("langkah \(at + 1) berbeda dari gladi. Dahulu:", "step \(at + 1) differs from the rehearsal. Before:")
      Disk.write(Array(old.utf8), to: STDOUT_FILENO)
      terminal.tell("Kini:", "Now:")
      Disk.write(Array(answer.utf8), to: STDOUT_FILENO)
      return false
    }
    return true
  }

  private func trimmed(_ text: String) -> Substring {
    var kept = Substring(text)
    while kept.last == "\n" { kept.removeLast() }
    return kept
  }

  /// Without a terminal: all steps, one after another.
  private func printed() -> Int32 {
    for at in steps.indices {
      narrate(at)
      if steps[at].text.isEmpty { continue }
      Disk.write(Array((steps[at].text + "\n").utf8), to: STDOUT_FILENO)
      _ = terminal.session.submit(step: steps[at].text) { terminal.show($0) }
    }
    return 0
  }

  // MARK: In the room

  private func narrate(_ at: Int) {
    if isLarge, isatty(STDOUT_FILENO) == 1 { Disk.write(Array("\u{1b}[2J\u{1b}[H\n".utf8), to: STDOUT_FILENO) }
    let isColoured = terminal.options.style(of: STDOUT_FILENO).isColoured
    for line in steps[at].narration {
      let text = isLarge ? "   " + line + "\n\n" : (line == steps[at].narration.first ? "\n" : "") + line + "\n"
      Disk.write(Array((isColoured ? "\u{1b}[1m\(text)\u{1b}[0m" : text).utf8), to: STDOUT_FILENO)
    }
  }

  /// Types a statement out as a hand would.
  private func typeOut(_ text: String) {
    let isQuick = environment("PLAN_DEMO_QUICK") != nil
    Disk.write(Array((terminal.session.prompt().text + " ").utf8), to: STDOUT_FILENO)
    for character in text {
      Disk.write(Array(String(character).utf8), to: STDOUT_FILENO)
      if !isQuick { usleep(character == "\n" ? 60_000 : 12_000) }
    }
  }

  private func play() -> Int32 {
    states = [terminal.session]
    var at = 0
    while at < steps.count {
      narrate(at)
      if !steps[at].text.isEmpty { typeOut(steps[at].text) }
      hint(at)
      switch key(at) {
      case .next:
        clearHint()
        if !steps[at].text.isEmpty {
          _ = terminal.session.submit(step: steps[at].text) { terminal.show($0) }
        }
        if states.count > at + 1 { states[at + 1] = terminal.session } else { states.append(terminal.session) }
        at += 1
        if at == steps.count, pause() == .back { at = back(at) }
      case .back: at = back(at)
      case .again:
        terminal.session = states[at]
        clearHint()
      case .skip:
        clearHint()
        at += 1
        if states.count <= at { states.append(terminal.session) }
      case .jump(let step):
        clearHint()
        if step <= at {
          at = step
          terminal.session = states[at]
        } else {
          while at < step {
            if !steps[at].text.isEmpty { _ = terminal.session.submit(step: steps[at].text) { _ in } }
            at += 1
            if states.count > at { states[at] = terminal.session } else { states.append(terminal.session) }
          }
        }
      case .type(let line):
        if line.isEmpty { continue }
        if isSame(line, as: steps[at].text, at) {
          if states.count > at + 1 { states[at + 1] = terminal.session } else { states.append(terminal.session) }
          at += 1
        }
      case .quit:
        clearHint()
        return 0
      }
    }
    return 0
  }

  private func back(_ at: Int) -> Int {
    clearHint()
    let step = max(0, at - 1)
    terminal.session = states[min(step, states.count - 1)]
    return step
  }

  /// Gives a line typed by hand; true when it left the plan as the step's own statement would have.
  private func isSame(_ line: String, as text: String, _ at: Int) -> Bool {
    var expected = terminal.session
    _ = expected.submit(step: text) { _ in }
    let reply = terminal.give(line)
    guard reply == .answered, !text.isEmpty else { return false }
    return expected.standsAs(terminal.session)
  }

  private enum Key: Equatable { case next, back, again, skip, jump(Int), type(String), quit }

  private func hint(_ at: Int) {
    let text = say(
      "   [\(at + 1)/\(steps.count)] Enter jalan · b mundur · u ulangi · l lewati · angka lompat · t ketik sendiri · q selesai",
      "   [\(at + 1)/\(steps.count)] Enter run · b back · u again · l skip · number jump · t type · q end")
    Disk.write(Array("\u{1b}7\n\u{1b}[2m\(text)\u{1b}[0m\u{1b}8".utf8), to: STDOUT_FILENO)
  }

  private func clearHint() { Disk.write(Array("\n\r\u{1b}[J".utf8), to: STDOUT_FILENO) }

  private func pause() -> Key {
    terminal.tell("— selesai; Enter menutup, b mundur —", "— the end; Enter closes, b goes back —")
    let key = ple_key()
    return key == 98 || key == 104 || key == Int32(PLE_BACK) ? .back : .quit
  }

  private func key(_ at: Int) -> Key {
    while true {
      let key = ple_key()
      switch key {
      case -1, 3, 4, 113: return .quit
      case 10, 13, 32, 110: return .next
      case 98, 104, 127, Int32(PLE_BACK): return .back
      case 117, 114: return .again
      case 108, 115, Int32(PLE_ON): return .skip
      case 116, 105:
        clearHint()
        return .type(terminal.line() ?? "")
      case 48...57:
        var number = Int(key) - 48
        clearHint()
        Disk.write(Array(say("ke langkah \(number)", "to step \(number)").utf8), to: STDOUT_FILENO)
        while true {
          let more = ple_key()
          guard (48...57).contains(more) else { break }
          number = min(number * 10 + Int(more) - 48, 100_000)
          Disk.write([UInt8(truncatingIfNeeded: more)], to: STDOUT_FILENO)
        }
        return .jump(max(0, min(number - 1, steps.count - 1)))
      default: continue
      }
    }
  }
}
