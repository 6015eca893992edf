import Foundation
import Glibc
import Testing

@testable import PlanLang

/// The built program in a pseudo-terminal: what fingers and eyes meet.
@Suite(.serialized) struct TerminalTests {
  /// The program beside the tests, or nil where it was not built.
  static let program: String? = {
    let path = Repository.root.path + "/.build/debug/planrepl"
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// A process with a terminal of its own.
  final class Seat {
    private(set) var pid: pid_t = 0
    private let master: Int32
    private(set) var screen = ""
    private var pending = ""
    private var isOver = false

    init(_ arguments: [String], state: String, columns: UInt16 = 100, rows: UInt16 = 60) throws {
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var (unlocked, number) = (Int32(0), Int32(0))
      _ = ioctl(master, 0x4004_5431, &unlocked)  // TIOCSPTLCK
      _ = ioctl(master, 0x8004_5430, &number)  // TIOCGPTN
      var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(master, UInt(TIOCSWINSZ), &size)
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      // The first terminal that a process without one opens becomes its own, so Ctrl-C and a resize reach it.
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/pts/\(number)", O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
      var attributes = posix_spawnattr_t()
      posix_spawnattr_init(&attributes)
      var none = sigset_t()
      sigemptyset(&none)
      posix_spawnattr_setsigmask(&attributes, &none)
      posix_spawnattr_setflags(&attributes, 0x80 | 0x08)  // POSIX_SPAWN_SETSID, POSIX_SPAWN_SETSIGMASK
      let variables = ["TERM=xterm", "XDG_STATE_HOME=\(state)", "PLAN_LANG=id", "PLAN_DATE=2026-10-01", "NO_COLOR=1", "LC_ALL=C.UTF-8", "HOME=\(state)"]
      let program = try #require(TerminalTests.program)
      // A shell would do the same: the program runs in the repository's folder.
      let words: [String] = ["/usr/bin/env", "-C", Repository.root.path, program] + arguments
      var pointers: [UnsafeMutablePointer<CChar>?] = []
      for word in words { pointers.append(strdup(word)) }
      pointers.append(nil)
      var settings: [UnsafeMutablePointer<CChar>?] = []
      for variable in variables { settings.append(strdup(variable)) }
      settings.append(nil)
      let failure = posix_spawn(&pid, "/usr/bin/env", &actions, &attributes, &pointers, &settings)
      #expect(failure == 0)
    }

    deinit {
      if !isOver { kill() }
      close(master)
    }

    /// Ends it as a power cut would.
    func kill() {
      Glibc.kill(pid, SIGKILL)
      _ = status
    }

    func type(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { write(master, $0.baseAddress, $0.count) } }

    func resize(_ columns: UInt16) {
      var size = winsize(ws_row: 60, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Waits until a text has come behind what was waited for last; what came up to its end.
    @discardableResult func wait(_ text: String, seconds: Double = 20) -> String {
      let end = Date().addingTimeInterval(seconds)
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        if let found = pending.range(of: text) {
          let seen = String(pending[..<found.upperBound])
          pending = String(pending[found.upperBound...])
          return seen
        }
        guard Date() < end else { break }
        var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 100) == 1 else { continue }
        let got = read(master, &bytes, bytes.count)
        if got <= 0 { break }
        let text = String(decoding: bytes[0..<got], as: UTF8.self)
        pending += text
        screen += text
      }
      Issue.record("`\(text)` did not come: \(pending)")
      return pending
    }

    /// The exit status, once it ended; what it still writes is taken, so that it can.
    var status: Int32 {
      var word: Int32 = 0
      var bytes = [UInt8](repeating: 0, count: 1 << 12)
      for _ in 0..<2000 where !isOver {
        var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        if poll(&ready, 1, 10) == 1, ready.revents & Int16(POLLIN) != 0 { _ = read(master, &bytes, bytes.count) } else { usleep(2000) }
        if waitpid(pid, &word, WNOHANG) == pid { isOver = true }
      }
      return isOver ? (word & 0x7f == 0 ? (word >> 8) & 0xff : 128 + word & 0x7f) : -1
    }
  }

  private func folder() -> String {
    let path = NSTemporaryDirectory() + "planlang-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test(.enabled(if: program != nil)) func tabCompletesAndAnswers() throws {
    let seat = try Seat(["examples/manado.plan"], state: folder())
    seat.wait("manado:dasar>")
    seat.type("geser Rp 1 M dari diskominfo.com\t")
    seat.wait("mand_center ")
    seat.type("ke dinkes.gizi tahun 2026\r")
    let answer = seat.wait("manado:coba>")
    #expect(answer.contains("Perda Perubahan APBD"))
    seat.type("ce\t\t")
    seat.wait("cek")
    seat.type("\u{3}")
    seat.wait("^C")
    seat.wait("manado:coba>")
    seat.type("\u{4}")
    #expect(seat.status == 0)
  }

  @Test(.enabled(if: program != nil)) func historyAndBlocksAndPaste() throws {
    let state = folder()
    let seat = try Seat(["examples/manado.plan"], state: state)
    seat.wait("manado:dasar>")
    seat.type("misal nilai_a = 2 + 3\r")
    seat.wait("manado:dasar>")
    seat.type("skenario uji dari dasar {\r")
    seat.wait("…")
    seat.type("potong 1% dari dlh tahun 2026\r")
    seat.wait("…")
    seat.type("}\r")
    seat.wait("manado:uji>")
    seat.type("\u{1b}[200~misal nilai_b = nilai_a + 1\nmisal nilai_c = nilai_b + 1\u{1b}[201~\r")
    seat.wait("nilai_c = 7")
    seat.wait("manado:uji>")
    seat.type("\u{12}misal nilai_a")
    seat.wait("2 + 3")
    seat.type("\r")
    seat.wait("mengganti nilai_a")
    seat.wait("manado:uji>")
    seat.type("keluar\r")
    #expect(seat.status == 0)
    // The next session has the lines of this one.
    let next = try Seat([], state: state)
    next.wait("plan:dasar>")
    next.type("\u{1b}[A\u{1b}[A")
    next.wait("misal nilai_a = 2 + 3")
    next.type("\u{3}")
    next.wait("^C")
    next.wait("plan:dasar>")
    next.type("\u{4}")
    #expect(next.status == 0)
  }

  @Test(.enabled(if: program != nil)) func interruptStopsALongRun() throws {
    let seat = try Seat(["examples/manado.plan", "--max-seconds", "60", "--max-steps", "100000000000"], state: folder())
    seat.wait("manado:dasar>")
    seat.type("jumlah(jumlah(j untuk j dalam 1..3000) untuk i dalam 1..3000000)\r")
    usleep(400_000)
    seat.type("\u{3}")
    seat.wait("P0605")
    seat.wait("manado:dasar>")
    seat.type("1 + 1\r")
    seat.wait("2")
    seat.resize(60)
    usleep(100_000)
    seat.type("cek")
    seat.wait("cek")
    seat.type("\u{3}keluar\r")
    #expect(seat.status == 0)
  }

  /// kill -9 at any moment: the next start offers what was there, even with half a record behind it.
  @Test(.enabled(if: program != nil)) func nothingIsLost() throws {
    let state = folder()
    let seat = try Seat(["examples/manado.plan"], state: state)
    seat.wait("manado:dasar>")
    seat.type("geser Rp 1 M dari diskominfo.command_center ke dinkes.gizi tahun 2026\r")
    seat.wait("manado:coba>")
    seat.type("misal saya = 41 + 1\r")
    seat.wait("manado:coba>")
    // Another session beside it neither takes its journal nor harms it.
    let other = try Seat([], state: state)
    other.wait("plan:dasar>")
    other.type("misal lain2 = 1\r")
    other.wait("plan:dasar>")
    other.type("keluar\r")
    #expect(other.status == 0)
    seat.kill()
    let journals = try FileManager.default.contentsOfDirectory(atPath: state + "/planlang").filter { $0.hasSuffix(".jurnal") }
    #expect(journals.count == 1)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: state + "/planlang/" + journals[0]))
    handle.seekToEndOfFile()
    handle.write(Data("@900\nmisal tak".utf8))
    try handle.close()
    let later = try Seat(["examples/manado.plan"], state: state)
    later.wait("Pulihkan?")
    later.type("100 + 11\r")
    later.wait("111")
    later.type("keluar\r")
    #expect(later.status == 0)
    let again = try Seat(["examples/manado.plan"], state: state)
    again.wait("Pulihkan?")
    again.type("y")
    again.wait("dipulihkan: 2 baris")
    again.wait("manado:coba>")
    again.type("saya\r")
    again.wait("42")
    again.wait("manado:coba>")
    again.type("keluar\r")
    #expect(again.status == 0)
    let last = try Seat(["examples/manado.plan"], state: state)
    last.wait("manado:dasar>")
    last.type("keluar\r")
    #expect(!last.screen.contains("Pulihkan?"))
  }

  /// Who types on at the end of a screenful has read enough: the next line begins with that letter.
  @Test(.enabled(if: program != nil)) func typingOnAtTheEndOfAScreenful() throws {
    let seat = try Seat(["examples/manado.plan"], state: folder())
    seat.wait("manado:dasar>")
    seat.type("cek\r")
    seat.wait("baris lagi")
    seat.type("100 + 11\r")
    seat.wait("111")
    seat.type("keluar\r")
    #expect(seat.status == 0)
  }

  /// A home that cannot be written and a dumb terminal are no end.
  @Test(.enabled(if: program != nil)) func withoutAHome() throws {
    let seat = try Seat(["examples/pertama.plan"], state: "/proc/none")
    seat.wait("tidak dijurnal")
    seat.type("keluar\r")
    #expect(seat.status == 0)
  }

  /// What the program does with some input, without a terminal.
  private func run(_ input: String, _ arguments: [String]) throws -> (String, Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.program))
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    process.environment = ["PLAN_LANG": "id", "PLAN_DATE": "2026-10-01"]
    let (into, out) = (Pipe(), Pipe())
    process.standardInput = into
    process.standardOutput = out
    process.standardError = out
    try process.run()
    into.fileHandleForWriting.write(Data(input.utf8))
    try into.fileHandleForWriting.close()
    let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }

  /// A demo stops before the room sees it: when an answer is not as rehearsed, and when its script has errors.
  @Test(.enabled(if: program != nil)) func demoIsRehearsed() throws {
    let script = folder() + "/demo.sesi"
    try "## Berapa?\npagu[2026]\n".write(toFile: script, atomically: true, encoding: .utf8)
    #expect(try run("", ["demo", "examples/pertama.plan", script, "--record"]).1 == 0)
    #expect(try run("", ["demo", "examples/pertama.plan", script]).1 == 0)
    try "### 1\nRp1\n".write(toFile: script + ".gladi", atomically: true, encoding: .utf8)
    let (text, status) = try run("", ["demo", "examples/pertama.plan", script])
    #expect(status == 2 && text.contains("langkah 1 berbeda dari gladi") && text.contains("Rp1\n") && text.contains("Rp18.750.000.000"), "\(text)")
    try "pagu[2026]\n\npagu[2099]\n".write(toFile: script, atomically: true, encoding: .utf8)
    let (complaint, refused) = try run("", ["demo", "examples/pertama.plan", script])
    #expect(refused == 2 && complaint.contains("P0711") && complaint.contains("langkah 2"), "\(complaint)")
    #expect(try run("", ["demo", "examples/pertama.plan", script + "x"]).1 == 74)
    #expect(try run("", ["demo"]).1 == 64)
  }

  /// A demo in a room: on, back, a statement typed by hand that means the same, and the end.
  @Test(.enabled(if: program != nil)) func demoPlays() throws {
    let script = folder() + "/demo.sesi"
    try "## Satu\npagu[2026]\n\n## Dua\ngeser Rp 1 M dari diskominfo.command_center ke dinkes.gizi tahun 2026\n\n## Tiga\ncek\n".write(toFile: script, atomically: true, encoding: .utf8)
    let seat = try Seat(["demo", "examples/pertama.plan", script], state: folder())
    seat.wait("[1/3]")
    seat.type("\r")
    seat.wait("Rp18.750.000.000")
    seat.wait("[2/3]")
    seat.type("b")
    seat.wait("[1/3]")
    seat.type("2 ")
    seat.wait("[2/3]")
    seat.type("t")
    seat.wait("manado:dasar> ")
    seat.type("geser Rp 1000 jt dari diskominfo.command_center ke dinkes.gizi tahun 2026\r")
    seat.wait("Tiga")
    seat.wait("[3/3]")
    seat.type("q")
    #expect(seat.status == 0)
  }

  /// Without a terminal the same lines give the same answers, and a status.
  @Test(.enabled(if: program != nil)) func standardInputIsAScript() throws {
    let (text, status) = try run("pindah taat\npagu[2026] ==\n  dasar.pagu[2026]\npagu[2026] == dasar.pagu[2026]\n", ["examples/manado.plan"])
    #expect(text.contains("benar") && status == 2, "\(text)")
    #expect(try run("1 + 1\n", []).0 == "2\n")
    #expect(try run("pindah taat\n", ["examples/manado.plan"]).1 == 0)
    #expect(try run("", ["examples/manado.plan"]).1 == 1)
    #expect(try run("", ["tidak_ada.plan"]).1 == 74)
    let (demo, ended) = try run("", ["demo", "examples/manado.plan", "examples/bimtek/demo.sesi"])
    #expect(ended == 0 && demo.contains("layanan_warga"))
  }
}
