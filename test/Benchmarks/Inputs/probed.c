// Prints where its functions are, as the probe wants to know it.
#include <stdio.h>

extern char kcfi_probe_origin;
int returns(void) { return 1; }
int crashes(void) { return *(volatile int *)1; }

int main(void) {
  printf("%td %td\n", (char *)returns - &kcfi_probe_origin,
         (char *)crashes - &kcfi_probe_origin);
}
