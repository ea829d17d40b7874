#pragma once

// The module's own header. C++ sources of other targets include "kernels.h" as plain text.

#include "kernels.h"
