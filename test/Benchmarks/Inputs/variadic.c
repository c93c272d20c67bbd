/* A call with variable arguments, whose fixed ones its type does not tell once
 * it is LLVM IR. */
typedef void (*hook)(void *, int, const char *, ...);

__attribute__((noinline)) void run(hook call, void *place) {
  call(place, 1, "%d", 2);
  call(place, 2, "x");
}

static void first(void *place, int number, const char *text, ...) {
  *(int *)place = number + text[0];
}

int main(void) {
  int place;
  run(first, &place);
  return place != 'x' + 2;
}
