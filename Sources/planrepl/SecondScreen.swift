import ArgumentParser
import Glibc
import PlanLang

/// `planrepl screen`: the prompt with a page beside it for the projector.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: say("Buka sesi dengan layar kedua: sebuah halaman untuk proyektor yang mengikuti setiap jawaban.", "Open a session with a second screen: a page for the projector that follows each answer."),
    aliases: ["layar"])

  @Argument(help: help("Naskah yang dibuka lebih dulu.", "Scripts opened first."))
  var files: [String] = []

  @Option(name: .long, help: help("Gerbang pada mesin ini; 0 untuk yang mana saja.", "The port on this machine; 0 for any."))
  var port: UInt16 = 8765

  @OptionGroup var common: CommonOptions
  var options: Choices { common.choices }

  func run() throws {
    let terminal = Terminal(options, folderOf: files.first ?? "./-")
    switch SecondScreen.start(port: port) {
    case .success(let screen):
      Disk.write(Array((say("layar kedua: ", "second screen: ") + screen.address + "\n").utf8), to: STDOUT_FILENO)
      terminal.screen = screen
    case .failure(let refusal):
      Disk.write(Array("planrepl: \(refusal.reason)\n".utf8), to: STDERR_FILENO)
      throw ExitCode(Status.inputOutput)
    }
    throw ExitCode(terminal.run(files))
  }
}

/// The child process that serves the page; it ends when this process does, for its standard input ends then.
final class SecondScreen {
  /// Where the page is.
  let address: String
  private let input: Int32

  private init(address: String, input: Int32) {
    self.address = address
    self.input = input
  }

  deinit { close(input) }

  /// Sends a state; a screen that is gone is forgotten.
  func tell(_ state: JSONText) { Disk.write(state.bytes + [10], to: input) }

  /// Starts `planscreen`, which stands beside this program or on the PATH.
  static func start(port: UInt16) -> Result<SecondScreen, HostFailure> {
    var name = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &name, name.count - 1)
    let own = length > 0 ? String(decoding: name[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    let beside = own.lastIndex(of: "/").map { String(own[...$0]) + "planscreen" } ?? ""
    let program = access(beside, X_OK) == 0 ? beside : "planscreen"
    var (toChild, fromChild): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { return .failure(Disk.failure) }
    for handle in [toChild[1], fromChild[0]] { _ = fcntl(handle, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
    posix_spawn_file_actions_addclose(&actions, toChild[0])
    posix_spawn_file_actions_addclose(&actions, fromChild[1])
    // A group of its own: Ctrl-C at the prompt is not meant for it.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, 0x02)
    let words = [program, "--port", String(port)]
    var pointers: [UnsafeMutablePointer<CChar>?] = []
    for word in words { pointers.append(strdup(word)) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, program, &actions, &attributes, &pointers, environ)
    close(toChild[0])
    close(fromChild[1])
    defer { close(fromChild[0]) }
    guard failure == 0 else {
      close(toChild[1])
      return .failure(
        HostFailure(
          say("`planscreen` tidak ditemukan di samping planrepl atau di PATH; `make install` memasangnya", "`planscreen` was found neither beside planrepl nor on the PATH; `make install` installs it")))
    }
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(fromChild[0], &byte, 1) == 1, byte != 10 { line.append(byte) }
    let told = String(decoding: line, as: UTF8.self)
    if told.hasPrefix("http") { return .success(SecondScreen(address: told, input: toChild[1])) }
    close(toChild[1])
    var word: Int32 = 0
    waitpid(child, &word, 0)
    return .failure(
      HostFailure(
        say("gerbang \(port) sudah dipakai; coba `--port \(port == .max ? 8000 : port + 1)` atau `--port 0`", "port \(port) is in use; try `--port \(port == .max ? 8000 : port + 1)` or `--port 0`")))
  }
}
