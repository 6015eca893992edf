// Times whole processes in turn and takes ratios inside a round: measure ROUNDS label command... ::: label
// command...
//
// A line a command: label, median milliseconds, median ratio to the first, peak KiB, exit status;
// tab-separated. Output of the commands is thrown away. Statuses 0 and 1 count as an answer; a command that
// fails else is said so.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS = 32, ROUNDS = 99 };
static double took[COMMANDS][ROUNDS], ratio[COMMANDS][ROUNDS];
static long peak[COMMANDS];
static int status[COMMANDS];

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
static double median(double *v, int n) {
  qsort(v, (size_t)n, sizeof *v, ascending);
  return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}
static double run(char **command, int c) {
  double start = now();
  pid_t child = vfork();
  if (child < 0) {
    perror("measure");
    exit(71);
  }
  if (child == 0) {
    int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, 0), dup2(nowhere, 1), dup2(nowhere, 2);
    execvp(command[0], command);
    _exit(127);
  }
  int word;
  struct rusage use;
  if (wait4(child, &word, 0, &use) < 0) {
    perror("measure");
    exit(71);
  }
  double end = now();
  if (use.ru_maxrss > peak[c]) peak[c] = use.ru_maxrss;
  status[c] = WIFEXITED(word) ? WEXITSTATUS(word) : 128 + WTERMSIG(word);
  return end - start;
}

int main(int argc, char **argv) {
  int rounds = argc > 3 ? atoi(argv[1]) : 0, n = 0;
  char **command[COMMANDS];
  const char *label[COMMANDS];
  for (int i = 2; i < argc && n < COMMANDS; n++) {
    label[n] = argv[i++], command[n] = argv + i;
    while (i < argc && strcmp(argv[i], ":::")) i++;
    if (command[n] == argv + i) {
      rounds = 0;
      break;
    }
    argv[i++] = NULL;
  }
  if (rounds < 1 || rounds > ROUNDS || n == 0) {
    fputs("usage: measure ROUNDS label command... ::: label command...\n", stderr);
    return 64;
  }
  for (int r = 0; r < rounds; r++)
    for (int c = 0; c < n; c++) {
      took[c][r] = run(command[c], c);
      ratio[c][r] = took[c][r] / took[0][r];
    }
  for (int c = 0; c < n; c++)
    printf("%s\t%.3f\t%.3f\t%ld\t%d\n", label[c], median(took[c], rounds), median(ratio[c], rounds), peak[c],
           status[c]);
  return 0;
}
