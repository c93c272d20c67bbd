#include "operations.h"
#include <stdio.h>

static void (*volatile cleanUp)(void *) = (void (*)(void *))reset;

int main(void) {
  for (int i = 0; i < 2; ++i)
    printf("%s %d\n", operations[i].name, operations[i].apply(6, 7));
  fflush(stdout);
  struct State state = {5};
  cleanUp(&state);
  printf("after the trap %d\n", state.value);
  return 0;
}
