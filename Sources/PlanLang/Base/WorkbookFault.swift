/// Why a workbook cannot be read; nothing of it is used then.
public enum WorkbookFault: Error, Equatable {
  /// What the file seems to be instead.
  public enum Seeming: Sendable {
    case oldWorkbook, webPage, pdf, text, binaryWorkbook, openDocument, otherArchive, nothing
  }
  /// Not an XLSX workbook.
  case foreign(Seeming)
  /// Protected by a password.
  case encrypted
  /// Cut off, changed on the way, or put together wrongly, and in which part.
  case damaged(part: String)
  /// Unpacks to more than is allowed, or to far more than honest data do.
  case tooLarge(part: String)
  /// No sheet of this name or number; the sheets there are.
  case noSheet(wanted: String, sheets: [String])
}
