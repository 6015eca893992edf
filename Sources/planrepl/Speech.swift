import ArgumentParser
import Glibc
import PlanLang

/// The language of help and of messages before a command's own options are known: `--lang` anywhere on the command
/// line, else PLAN_LANG, else an English LC_ALL, LC_MESSAGES or LANG, else Indonesian.
let spokenLanguage: Language = {
  let arguments = CommandLine.arguments
  for (i, argument) in arguments.enumerated() {
    if argument == "--lang", i + 1 < arguments.count, let stated = Language(code: arguments[i + 1]) { return stated }
    if argument.hasPrefix("--lang="), let stated = Language(code: String(argument.dropFirst(7))) { return stated }
  }
  if let stated = environment("PLAN_LANG"), let language = Language(code: String(stated.prefix(2))) { return language }
  for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
    guard let value = environment(name) else { continue }
    return value.hasPrefix("en") ? .english : .indonesian
  }
  return .indonesian
}()

/// A variable of the environment, or nil when it is unset or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// A sentence in the session's language.
func say(_ id: String, _ en: String) -> String { Bilingual(id, en)[spokenLanguage] }

/// A line of help in the session's language.
func help(_ id: String, _ en: String) -> ArgumentHelp { ArgumentHelp(stringLiteral: say(id, en)) }

/// The argument parser's own headings, in Indonesian when that is spoken.
func translatedHelp(_ text: String) -> String {
  if spokenLanguage == .english { return text }
  let headings: [(String, String)] = [
    ("OVERVIEW: ", "IKHTISAR: "), ("USAGE: ", "PEMAKAIAN: "), ("Usage: ", "Pemakaian: "), ("ARGUMENTS:", "ARGUMEN:"),
    ("SUBCOMMANDS:", "PERINTAH:"), ("OPTIONS:", "PILIHAN:"), ("Error: ", "Galat: "), ("(default:", "(baku:"), ("; default:", "; baku:"),
    ("(values: ", "(nilai: "), ("<subcommand>", "<perintah>"), ("[<options>]", "[<pilihan>]"), ("<files>  ", "<berkas> "), ("<files>", "<berkas>"), ("Help:  ", "Bantuan:  "), ("Show the version.", "Tampilkan versi."),
    ("Show help information.", "Tampilkan bantuan."), ("Show subcommand help information.", "Tampilkan bantuan perintah."),
    ("for more information.", "untuk keterangan lebih lanjut."), ("  See '", "  Lihat '"),
    ("for detailed help.", "untuk bantuan rinci."), ("Missing expected argument", "Kurang argumen"),
    ("Unknown option", "Pilihan tidak dikenal"), ("Unexpected argument", "Argumen tidak diharapkan"),
    ("(default)  ", "(baku)     "), ("(default)", "(baku)"), (". Did you mean '", ". Maksud Anda '"), ("Missing value for '", "Kurang nilai untuk '"),
    ("The value '", "Nilai '"), ("' is invalid for '", "' tidak dapat dipakai untuk '"), (". Please provide one of '", ". Yang dapat: '"),
    ("' or '", "' atau '"), ("' and '", "' dan '"), ("The option '", "Pilihan '"), ("' does not take any value, but '", "' tidak bernilai, tetapi '"),
    ("' was specified.", "' diberikan."), (" unexpected arguments: '", " argumen tidak diharapkan: '"), ("Missing one of: '", "Kurang salah satu dari: '"),
    ("Invalid option: ", "Pilihan tidak sah: "), ("Missing required subcommand.", "Kurang perintah."),
  ]
  return headings.reduce(text) { replaced($0, $1.0, $1.1) }
}

private func replaced(_ text: String, _ old: String, _ new: String) -> String {
  var result = ""
  var rest = Substring(text)
  while !rest.isEmpty {
    if rest.hasPrefix(old) {
      result += new
      rest = rest.dropFirst(old.count)
    } else {
      result.append(rest.removeFirst())
    }
  }
  return result
}
