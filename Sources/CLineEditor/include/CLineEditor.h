#ifndef CLINEEDITOR_H
#define CLINEEDITOR_H
/// A line editor on libedit, loaded when a session starts so that batch runs do not pay for it.
///
/// All texts are UTF-8. The library is BSD-licensed; its variadic wide interface cannot be called from Swift, hence
/// this module.

typedef struct ple ple;

/// What Tab finds: `insert` replaces the last `replaced` characters before the cursor (NULL: nothing to insert), `list`
/// is printed below the line (NULL: nothing). Both are freed by the editor with free().
typedef struct {
  int replaced;
  char *insert;
  char *list;
} ple_completion;

/// Called with the text before the cursor; `again` counts Tabs pressed in a row before this one.
typedef ple_completion (*ple_complete)(void *context, const char *before, int again, int columns);

/// Opens the editor on standard input and output; NULL when libedit is not installed.
ple *ple_open(const char *program, void *context, ple_complete complete);
/// Reads a line without its end; NULL at the end of input. `*cancelled` is 1 after Ctrl-C. The text is freed by the
/// caller with free().
char *ple_read(ple *editor, const char *prompt, int *cancelled);
/// Adds an entry to the history that the arrow keys and Ctrl-R walk; an older equal entry goes.
void ple_remember(ple *editor, const char *line);
/// Gives the terminal back.
void ple_close(ple *editor);
/// The columns a character takes on the screen; 0 for marks that combine.
int ple_width(unsigned int scalar);
/// Locale for characters: the user's, or C.UTF-8 where that is not UTF-8.
void ple_locale(void);
/// Reads one key without waiting for Enter: its byte, `PLE_ON` or `PLE_BACK` for arrows and page keys, 0 for other keys of
/// several bytes, or -1.
int ple_key(void);
enum { PLE_ON = 256, PLE_BACK = 257 };
/// Puts a key back: the next line begins with it.
void ple_unread(int key);
#endif
