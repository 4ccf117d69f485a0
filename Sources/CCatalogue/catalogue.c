#include "catalogue.h"

const struct catalogue_file catalogue_files[] = {{0, 0, 0}};
