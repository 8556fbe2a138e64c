#ifndef ORGSIM_ALLOCATION_COUNTER_H
#define ORGSIM_ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

// How often this thread has asked for memory, of a program that this file is linked into.
//
// On Linux with glibc the program's own malloc and its kin stand before those of the C library and
// pass every call on, one addition dearer. Elsewhere, and under a sanitizer, which does the same
// for its own ends, nothing is counted. For tests and benchmarks: the tool is built without.

/// Whether allocations are counted in this build.
bool orgsim_counts_allocations(void);

/// Calls of malloc, calloc, realloc and aligned variants by this thread so far; 0 where they are
/// not counted.
uint64_t orgsim_allocations(void);

#endif
