#define _GNU_SOURCE
#include "CLineEditor.h"
#include <dlfcn.h>
#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* The functions of libedit that are used, found at run time. */
static struct {
  EditLine *(*init)(const char *, FILE *, FILE *, FILE *);
  void (*end)(EditLine *);
  const wchar_t *(*gets)(EditLine *, int *);
  int (*getc)(EditLine *, wchar_t *);
  int (*set)(EditLine *, int, ...);
  int (*get)(EditLine *, int, ...);
  const LineInfoW *(*line)(EditLine *);
  int (*insert)(EditLine *, const wchar_t *);
  void (*erase)(EditLine *, int);
  int (*source)(EditLine *, const char *);
  void (*resize)(EditLine *);
  HistoryW *(*history_init)(void);
  void (*history_end)(HistoryW *);
  int (*history)(HistoryW *, HistEventW *, int, ...);
} lib;

struct ple {
  EditLine *editor;
  HistoryW *history;
  void *context;
  ple_complete complete;
  wchar_t prompt[512];
  int cancelled, again;
};

static volatile sig_atomic_t resized;
static void on_resize(int signal_number) { (void)signal_number; resized = 1; }

static int load(void) {
  if (lib.init) return 1;
  void *handle = dlopen("libedit.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!handle) handle = dlopen("libedit.so", RTLD_NOW | RTLD_LOCAL);
  if (!handle) handle = dlopen("libedit.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return 0;
#define FIND(member, name) if (!(*(void **)&lib.member = dlsym(handle, name))) return 0
  FIND(end, "el_end");
  FIND(gets, "el_wgets");
  FIND(getc, "el_wgetc");
  FIND(set, "el_wset");
  FIND(get, "el_wget");
  FIND(line, "el_wline");
  FIND(insert, "el_winsertstr");
  FIND(erase, "el_deletestr");
  FIND(source, "el_source");
  FIND(resize, "el_resize");
  FIND(history_init, "history_winit");
  FIND(history_end, "history_wend");
  FIND(history, "history_w");
  FIND(init, "el_init");
#undef FIND
  return 1;
}

void ple_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

int ple_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

/* UTF-8 to wide and back; invalid bytes become question marks. */
static wchar_t *widened(const char *text) {
  size_t room = strlen(text) + 1, used = 0;
  wchar_t *made = malloc(room * sizeof *made);
  if (!made) return NULL;
  const unsigned char *at = (const unsigned char *)text;
  while (*at) {
    unsigned int value = *at++;
    int more = value >= 0xf0 ? 3 : value >= 0xe0 ? 2 : value >= 0xc0 ? 1 : 0;
    if (value >= 0x80) value = more == 3 ? value & 7 : more == 2 ? value & 15 : more == 1 ? value & 31 : '?';
    while (more-- > 0 && (*at & 0xc0) == 0x80) value = value << 6 | (*at++ & 0x3f);
    made[used++] = (wchar_t)value;
  }
  made[used] = 0;
  return made;
}

static char *narrowed(const wchar_t *text, size_t count) {
  char *made = malloc(count * 4 + 1), *at = made;
  if (!made) return NULL;
  for (size_t i = 0; i < count; i++) {
    unsigned int value = (unsigned int)text[i];
    if (value < 0x80) {
      *at++ = (char)value;
    } else if (value < 0x800) {
      *at++ = (char)(0xc0 | value >> 6);
      *at++ = (char)(0x80 | (value & 63));
    } else if (value < 0x10000) {
      *at++ = (char)(0xe0 | value >> 12);
      *at++ = (char)(0x80 | (value >> 6 & 63));
      *at++ = (char)(0x80 | (value & 63));
    } else {
      *at++ = (char)(0xf0 | value >> 18);
      *at++ = (char)(0x80 | (value >> 12 & 63));
      *at++ = (char)(0x80 | (value >> 6 & 63));
      *at++ = (char)(0x80 | (value & 63));
    }
  }
  *at = 0;
  return made;
}

static ple *self(EditLine *editor) {
  void *data = NULL;
  lib.get(editor, EL_CLIENTDATA, &data);
  return data;
}

static wchar_t *prompt(EditLine *editor) { return self(editor)->prompt; }

static int columns(void) {
  struct winsize size;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* A key that was put back, or 0. */
static int unread;

void ple_unread(int key) { unread = key; }

/* One character of input; a resize in between redraws the line. */
static int next_character(EditLine *editor, wchar_t *character) {
  if (unread) {
    *character = unread;
    unread = 0;
    return 1;
  }
  unsigned char bytes[4];
  int wanted = 1, got = 0;
  fflush(stdout);
  while (got < wanted) {
    ssize_t count = read(STDIN_FILENO, bytes + got, 1);
    if (count == 0) return 0;
    if (count < 0) {
      if (errno != EINTR) return -1;
      if (resized) {
        resized = 0;
        fputs("\r\033[J", stdout);
        lib.resize(editor);
        lib.set(editor, EL_REFRESH);
        fflush(stdout);
      }
      continue;
    }
    if (got == 0) wanted = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : bytes[0] >= 0xc0 ? 2 : 1;
    got++;
  }
  unsigned int value = bytes[0];
  if (wanted > 1) value &= wanted == 4 ? 7 : wanted == 3 ? 15 : 31;
  for (int i = 1; i < wanted; i++) value = value << 6 | (bytes[i] & 63);
  *character = (wchar_t)value;
  if (value != '\t') self(editor)->again = 0;
  return 1;
}

/* MARK: own commands */

static unsigned char on_tab(EditLine *editor, int key) {
  (void)key;
  ple *me = self(editor);
  const LineInfoW *line = lib.line(editor);
  char *before = narrowed(line->buffer, (size_t)(line->cursor - line->buffer));
  if (!before) return CC_ERROR;
  ple_completion found = me->complete(me->context, before, me->again++, columns());
  free(before);
  int isChanged = 0;
  if (found.insert) {
    wchar_t *wide = widened(found.insert);
    if (wide && (found.replaced > 0 || *wide)) {
      if (found.replaced > 0) lib.erase(editor, found.replaced);
      if (*wide) lib.insert(editor, wide);
      isChanged = 1;
    }
    free(wide);
    free(found.insert);
  }
  if (found.list) {
    fputs("\r\n", stdout);
    for (const char *at = found.list; *at; at++) {
      if (*at == '\n') fputc('\r', stdout);
      fputc(*at, stdout);
    }
    fflush(stdout);
    free(found.list);
    return CC_REDISPLAY;
  }
  return isChanged ? CC_REFRESH : CC_REFRESH_BEEP;
}

static unsigned char on_interrupt(EditLine *editor, int key) {
  (void)key;
  ple *me = self(editor);
  me->cancelled = 1;
  fputs("^C", stdout);
  return CC_NEWLINE;
}

static unsigned char on_suspend(EditLine *editor, int key) {
  (void)key;
  lib.set(editor, EL_PREP_TERM, 0);
  kill(0, SIGTSTP);
  lib.set(editor, EL_PREP_TERM, 1);
  lib.set(editor, EL_REFRESH);
  return CC_NORM;
}

/* Bracketed paste: everything up to ESC [ 2 0 1 ~ goes into the line at once, line ends too. */
static unsigned char on_paste(EditLine *editor, int key) {
  (void)key;
  static const wchar_t end[] = L"\033[201~";
  size_t room = 4096, used = 0, matched = 0;
  wchar_t *text = malloc(room * sizeof *text), character;
  if (!text) return CC_ERROR;
  while (lib.getc(editor, &character) == 1) {
    if (used + 2 >= room) {
      wchar_t *more = realloc(text, (room *= 2) * sizeof *text);
      if (!more) break;
      text = more;
    }
    text[used++] = character == '\r' ? '\n' : character;
    matched = character == end[matched] ? matched + 1 : character == end[0] ? 1 : 0;
    if (!end[matched]) {
      used -= matched;
      break;
    }
  }
  while (used > 0 && text[used - 1] == '\n') used--;
  text[used] = 0;
  int failed = used > 0 && lib.insert(editor, text) != 0;
  free(text);
  return failed ? CC_ERROR : CC_REFRESH;
}

/* Editing modes wipe all bindings, so these are made again after the user's own settings are read. */
static void bind_keys(EditLine *editor) {
  static const wchar_t *const keys[][2] = {
    {L"^I", L"planlang-complete"}, {L"^C", L"planlang-interrupt"}, {L"^Z", L"planlang-suspend"},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    lib.set(editor, EL_BIND, keys[i][0], keys[i][1], NULL);
    lib.set(editor, EL_BIND, L"-a", keys[i][0], keys[i][1], NULL);
  }
  const wchar_t *mode = NULL;
  int isVi = lib.get(editor, EL_EDITOR, &mode) == 0 && mode && mode[0] == 'v';
  if (isVi) {
    lib.set(editor, EL_BIND, L"-a", L"\\e[200~", L"planlang-paste", NULL);
  } else {
    lib.set(editor, EL_BIND, L"\\e[200~", L"planlang-paste", NULL);
    lib.set(editor, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
    lib.set(editor, EL_BIND, L"\\e[1;5D", L"ed-prev-word", NULL);
    lib.set(editor, EL_BIND, L"\\e[1;5C", L"em-next-word", NULL);
    lib.set(editor, EL_BIND, L"\\e[3~", L"ed-delete-next-char", NULL);
    lib.set(editor, EL_BIND, L"\\e[H", L"ed-move-to-beg", NULL);
    lib.set(editor, EL_BIND, L"\\e[F", L"ed-move-to-end", NULL);
    lib.set(editor, EL_BIND, L"\\eOH", L"ed-move-to-beg", NULL);
    lib.set(editor, EL_BIND, L"\\eOF", L"ed-move-to-end", NULL);
  }
}

/* MARK: the editor */

ple *ple_open(const char *program, void *context, ple_complete complete) {
  if (!load()) return NULL;
  ple *me = calloc(1, sizeof *me);
  if (!me) return NULL;
  me->context = context;
  me->complete = complete;
  me->editor = lib.init(program, stdin, stdout, stderr);
  me->history = lib.history_init();
  if (!me->editor || !me->history) {
    free(me);
    return NULL;
  }
  HistEventW event;
  lib.history(me->history, &event, H_SETSIZE, 5000);
  lib.set(me->editor, EL_CLIENTDATA, me);
  lib.set(me->editor, EL_SIGNAL, 0);
  lib.set(me->editor, EL_EDITOR, L"emacs");
  lib.set(me->editor, EL_HIST, lib.history, me->history);
  lib.set(me->editor, EL_PROMPT_ESC, prompt, L'\1');
  lib.set(me->editor, EL_GETCFN, next_character);
  lib.set(me->editor, EL_ADDFN, L"planlang-complete", L"complete", on_tab);
  lib.set(me->editor, EL_ADDFN, L"planlang-interrupt", L"leave the line", on_interrupt);
  lib.set(me->editor, EL_ADDFN, L"planlang-suspend", L"suspend", on_suspend);
  lib.set(me->editor, EL_ADDFN, L"planlang-paste", L"bracketed paste", on_paste);
  lib.source(me->editor, NULL);
  bind_keys(me->editor);
  lib.set(me->editor, EL_SETTY, L"-d", L"-isig", NULL);
  struct sigaction action = {0};
  action.sa_handler = on_resize;
  sigaction(SIGWINCH, &action, NULL);
  return me;
}

char *ple_read(ple *me, const char *text, int *cancelled) {
  wchar_t *wide = widened(text);
  me->prompt[0] = 0;
  if (wide) wcsncat(me->prompt, wide, sizeof me->prompt / sizeof *me->prompt - 1);
  free(wide);
  me->cancelled = 0;
  me->again = 0;
  const char *terminal = getenv("TERM");
  int canPaste = isatty(STDOUT_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
  /* Raw before the prompt is seen: a key pressed at once must not meet the terminal's own line editing. */
  lib.set(me->editor, EL_PREP_TERM, 1);
  if (canPaste) fputs("\033[?2004h", stdout);
  fflush(stdout);
  int count = 0;
  const wchar_t *line = lib.gets(me->editor, &count);
  if (canPaste) fputs("\033[?2004l", stdout);
  *cancelled = me->cancelled;
  if (me->cancelled) {
    fputs("\n", stdout);
    fflush(stdout);
    return strdup("");
  }
  if (!line || count <= 0) {
    fputs("\n", stdout);
    fflush(stdout);
    return NULL;
  }
  fflush(stdout);
  while (count > 0 && line[count - 1] == '\n') count--;
  return narrowed(line, (size_t)count);
}

void ple_remember(ple *me, const char *text) {
  wchar_t *wide = widened(text);
  if (!wide) return;
  HistEventW event;
  for (int found = lib.history(me->history, &event, H_FIRST); found == 0; found = lib.history(me->history, &event, H_NEXT)) {
    size_t length = wcslen(event.str);
    while (length > 0 && event.str[length - 1] == '\n') length--;
    if (length != wcslen(wide) || wcsncmp(event.str, wide, length) != 0) continue;
    lib.history(me->history, &event, H_DEL, event.num);
    break;
  }
  lib.history(me->history, &event, H_ENTER, wide);
  free(wide);
}

void ple_close(ple *me) {
  if (!me) return;
  lib.end(me->editor);
  lib.history_end(me->history);
  free(me);
}

int ple_key(void) {
  struct termios old, raw;
  if (tcgetattr(STDIN_FILENO, &old) != 0) return -1;
  raw = old;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  unsigned char byte = 0;
  int key = -1;
  ssize_t got;
  do got = read(STDIN_FILENO, &byte, 1);
  while (got < 0 && errno == EINTR);
  if (got == 1) key = byte;
  if (got == 1 && byte == 27) {
    /* The rest of an escape sequence is swallowed. */
    struct pollfd ready = {STDIN_FILENO, POLLIN, 0};
    unsigned char more[8] = {0};
    if (poll(&ready, 1, 20) == 1 && read(STDIN_FILENO, more, sizeof more) > 1 && more[0] == '[') {
      key = more[1] == 'C' || more[1] == 'B' || more[1] == '6' ? PLE_ON : more[1] == 'D' || more[1] == 'A' || more[1] == '5' ? PLE_BACK : 0;
    }
  }
  tcsetattr(STDIN_FILENO, TCSADRAIN, &old);
  return key;
}
