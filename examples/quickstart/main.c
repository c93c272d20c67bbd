/* The C half of the example; dispatch.mlir is the other one. Both check their
 * indirect calls, and both accept only functions of the type they expect,
 * whichever compiler made them.
 *
 *   quickstart            right calls in both directions
 *   quickstart dialect    dispatch() is given a function of another type
 *   quickstart c          C calls a function of the dialect by a wrong type
 */

#include <stdio.h>
#include <string.h>

typedef int (*operation)(int);

/* In dispatch.mlir. */
int square(int x);
long half(long x);
operation choose(int number);
int dispatch(operation op, int x);

static int increment(int x) { return x + 1; }
static long twice(long x) { return 2 * x; }

int main(int argc, char **argv) {
  const char *wrong = argc > 1 ? argv[1] : "";

  if (strcmp(wrong, "dialect") == 0) {
    puts("calling twice, a long(long), as an int(int) in the dialect");
    fflush(stdout);
    printf("it returned %d\n", dispatch((operation)twice, 21));
    return 1;
  }
  if (strcmp(wrong, "c") == 0) {
    operation volatile op = (operation)half;
    puts("calling half, a long(long), as an int(int) in C");
    fflush(stdout);
    printf("it returned %d\n", op(42));
    return 1;
  }

  /* The dialect calls C, ... */
  printf("dispatch(increment, 41) = %d\n", dispatch(increment, 41));
  /* ... itself, ... */
  printf("dispatch(square, 12)    = %d\n", dispatch(square, 12));
  /* ... and is called by C. */
  operation volatile chosen = choose(1);
  printf("choose(1)(7)            = %d\n", chosen(7));
  return 0;
}
