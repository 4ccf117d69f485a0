#pragma once

#include <pthread.h>
#include <spawn.h>
#include <sys/eventfd.h>

// glibc declares these only with _GNU_SOURCE, which Swift's view of glibc does not define, or in a header outside that view.

// A pipe that no other program started meanwhile can inherit.
extern int pipe2(int ends[2], int flags);

// Leaves a started program none of our descriptors from `first` on (glibc 2.34).
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

// What tools such as top call the thread: at most 15 bytes.
extern int pthread_setname_np(pthread_t thread, const char *name);

// Gives free memory of the heap back to the system, all but `pad` bytes at its end.
extern int malloc_trim(size_t pad);
