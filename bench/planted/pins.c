/* Pins what a process gets by chance or from the clock, so that one of them can be changed alone.
 *
 *     cc -shared -fPIC -O2 pins.c -o pins.so -ldl
 *     LD_PRELOAD=./pins.so PINS_CHANCE=1 PINS_TIME=1714564800 PINS_STEP=1000 python main.py
 *
 * PINS_CHANCE: seed of what getrandom() and getentropy() give. PINS_TIME: where the clock starts, in seconds.
 * PINS_STEP: nanoseconds that it
 * goes on from one reading to the next; clocks that are no calendar always go on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>

static uint64_t chance_state, readings;
static int chance_ready;

static long long number(const char *name) {
  const char *text = getenv(name);
  return text ? atoll(text) : -1;
}

static uint8_t next_byte(void) {
  if (!chance_ready) {
    chance_state = (uint64_t)number("PINS_CHANCE") * 0xd6e8feb86659fd93u;
    chance_ready = 1;
  }
  chance_state += 0x9e3779b97f4a7c15u;
  uint64_t mixed = (chance_state ^ (chance_state >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  return (uint8_t)(mixed >> 40);
}

ssize_t getrandom(void *buffer, size_t size, unsigned flags) {
  if (number("PINS_CHANCE") < 0) {
    ssize_t (*real)(void *, size_t, unsigned) = dlsym(RTLD_NEXT, "getrandom");
    return real(buffer, size, flags);
  }
  for (size_t at = 0; at < size; at++) ((uint8_t *)buffer)[at] = next_byte();
  return (ssize_t)size;
}

int getentropy(void *buffer, size_t size) { return getrandom(buffer, size, 0) == (ssize_t)size ? 0 : -1; }

int clock_gettime(clockid_t which, struct timespec *now) {
  long long start = number("PINS_TIME");
  if (start < 0) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    return real(which, now);
  }
  // What waits for a time on the clock that counts from the start must not wait for years.
  // Nor may it stand still.
  if (which != CLOCK_REALTIME) start %= 97;
  long long each = which == CLOCK_REALTIME ? number("PINS_STEP") : 1000000;
  long long step = each * (long long)__sync_add_and_fetch(&readings, 1);
  now->tv_sec = (time_t)(start + step / 1000000000);
  now->tv_nsec = (long)(step % 1000000000);
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec precise;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *where) {
  struct timespec precise;
  clock_gettime(CLOCK_REALTIME, &precise);
  if (where) *where = precise.tv_sec;
  return precise.tv_sec;
}
