import ArgumentParser
import Glibc
import PlanLang

/// `planrepl ukur`: the figures `make bench` prints; hidden from help.
struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ukur", abstract: "", shouldDisplay: false)

  @Argument var what: String
  @Argument var file: String?
  @Argument var count: Int?

  func run() throws {
    guard let file else { throw ExitCode(64) }
    do throws(HostFailure) {
      let bytes = try Disk.contents(of: file, limit: Limits().fileSize)
      for line in Session.measured(what, bytes, count: count.map { max(1, $0) }) { Disk.write(Array((line + "\n").utf8), to: STDOUT_FILENO) }
      var usage = rusage()
      if what == "parse", !bytes.isEmpty, getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
        // Peak memory of the whole process, the text included, in times of the text.
        let ratio = Double(usage.ru_maxrss) * 1024 / Double(bytes.count)
        Disk.write(Array("memory_ratio \(ratio)\n".utf8), to: STDOUT_FILENO)
      }
    } catch {
      throw ExitCode(Status.inputOutput)
    }
  }
}
