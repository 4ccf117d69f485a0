#pragma once
#include <stddef.h>

/// One file of the resource catalogue, linked into the program: paged in by the kernel when it is first read.
struct catalogue_file {
    const char *name;            ///< "index.json", "services/ec2.json"
    const unsigned char *start;
    const unsigned char *end;
};

/// All files, sorted by name; the last entry has no name.
extern const struct catalogue_file catalogue_files[];

/// One entry: Swift does not import arrays of unknown length.
static inline const struct catalogue_file *catalogue_file_at(size_t index) {
    return &catalogue_files[index];
}
