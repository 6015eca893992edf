import ArgumentParser
import PlanLang

@main
struct PlanRepl: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "planrepl", version: "0.1.0")
}
