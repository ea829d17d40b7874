// The only source of this target when LIBTORCH_SHIM names a ready-made libCTorch.so.
#include "ctorch.h"
