/* A gateway for sensors, for the notebooks: what it does is calling functions
 * through pointers. It needs no library.
 *
 *   gateway         right calls only; the exit status is 0
 *   gateway shared  one of the functions in two tables is called through both
 */

#include <stddef.h>
#include <stdint.h>

/* --- Steps: long (long) ------------------------------------------------------ */

typedef long step(long value);

static long clamp(long value) { return value > 4095 ? 4095 : value; }
static long invert(long value) { return 4095 - value; }
static long smooth(long value) { return (value * 7 + 2048) / 8; }
static long threshold(long value) { return value < 16 ? 0 : value; }
static long to_celsius(long value) { return value / 16 - 40; }
static long to_fahrenheit(long value) { return value / 9 - 40; }
static long to_percent(long value) { return value * 100 / 4095; }

/* Filters clean a raw value, converters give it a unit. Clamping is both. */
static step *const filters[] = {clamp, invert, smooth, threshold};
static step *const converters[] = {to_celsius, to_fahrenheit, to_percent, clamp};

__attribute__((noinline)) long filter(unsigned number, long value) {
  return filters[number % 4](value);
}

__attribute__((noinline)) long convert(unsigned number, long value) {
  return converters[number % 4](value);
}

/* --- Counters: long long (long long), and unsigned ones ------------------------ */

typedef long long counter(long long value);
typedef unsigned long stamp(unsigned long value);
typedef unsigned long long tick(unsigned long long value);

static long long count_up(long long value) { return value + 1; }
static long long count_down(long long value) { return value - 1; }
static unsigned long stamp_now(unsigned long value) { return value | 1; }
static unsigned long stamp_day(unsigned long value) { return value / 86400; }
static unsigned long long tick_fast(unsigned long long value) { return value * 4; }
static unsigned long long tick_slow(unsigned long long value) { return value / 4; }

static counter *const counters[] = {count_up, count_down};
static stamp *const stamps[] = {stamp_now, stamp_day};
static tick *const ticks[] = {tick_fast, tick_slow};

__attribute__((noinline)) long long count(unsigned number, long long value) {
  return counters[number % 2](value);
}

__attribute__((noinline)) unsigned long date(unsigned number, unsigned long value) {
  return stamps[number % 2](value);
}

__attribute__((noinline)) unsigned long long advance(unsigned number, unsigned long long value) {
  return ticks[number % 2](value);
}

/* --- Devices: a table of operations for each ----------------------------------- */

struct device {
  const struct operations *operations;
  long state;
};

struct operations {
  int (*open)(struct device *);
  void (*close)(struct device *);
  long (*read)(struct device *, char *, size_t);
  long (*write)(struct device *, const char *, size_t);
};

static int serial_open(struct device *device) { return device->state = 1; }
static void serial_close(struct device *device) { device->state = 0; }
static long serial_read(struct device *device, char *to, size_t size) {
  to[0] = (char)device->state;
  return (long)size;
}
static long serial_write(struct device *device, const char *from, size_t size) {
  device->state = from[0];
  return (long)size;
}

static int radio_open(struct device *device) { return device->state = 2; }
static void radio_close(struct device *device) { device->state = 0; }
static long radio_read(struct device *device, char *to, size_t size) {
  to[0] = (char)(device->state ^ 42);
  return (long)size;
}
static long radio_write(struct device *device, const char *from, size_t size) {
  device->state = from[0] ^ 42;
  return (long)size;
}

static const struct operations serial = {serial_open, serial_close, serial_read, serial_write};
static const struct operations radio = {radio_open, radio_close, radio_read, radio_write};

__attribute__((noinline)) long transfer(struct device *device) {
  char buffer[1] = {7};
  if (!device->operations->open(device))
    return -1;
  long done = device->operations->write(device, buffer, sizeof(buffer));
  done += device->operations->read(device, buffer, sizeof(buffer));
  device->operations->close(device);
  return done;
}

/* --- Texts: char, signed char, unsigned char ------------------------------------- */

static int is_digit(char c) { return c >= '0' && c <= '9'; }
static int is_negative(signed char c) { return c < 0; }
static int is_ascii(unsigned char c) { return c < 128; }
static int (*const digit_test)(char) = is_digit;
static int (*volatile negative_test)(signed char) = is_negative;
static int (*volatile ascii_test)(unsigned char) = is_ascii;

__attribute__((noinline)) int classify(char c) {
  int (*volatile test)(char) = digit_test;
  return test(c) + negative_test((signed char)c) + ascii_test((unsigned char)c);
}

int main(int argc, char **argv) {
  struct device devices[] = {{&serial, 0}, {&radio, 0}};
  /* Not known to the compiler, so that all calls stay. */
  volatile unsigned none = 0;
  unsigned zero = none;
  int shared = argc > 1 && argv[1][0] == 's';
  if (filter(zero + 1, 95) != 4000 || filter(zero + 2, 4000) != 3756 || filter(zero + 3, 15) != 0)
    return 1;
  if (convert(zero, 1600) != 60 || convert(zero + 1, 900) != 60 || convert(zero + 2, 4095) != 100)
    return 2;
  if (shared && (filter(zero, 5000) != 4095 || convert(zero + 3, 5000) != 4095))
    return 3;
  if (count(zero, 1) != 2 || count(zero + 1, 1) != 0 || date(zero + 1, 86400) != 1 || date(zero, 2) != 3)
    return 4;
  if (advance(zero, 3) != 12 || advance(zero + 1, 8) != 2)
    return 5;
  if (transfer(&devices[zero]) != 2 || transfer(&devices[zero + 1]) != 2)
    return 6;
  return classify('5') == 2 ? 0 : 7;
}
