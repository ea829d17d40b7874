// Compiles the fast half of a kernel once for each instruction set.
//
// A kernel file includes this header after its reference version, having named itself:
//
//   #define RONDO_KERNEL "MatrixProduct.cpp"
//   #include "EachInstructionSet.h"
//
// The file is then read again with `RONDO_LANES` defined, inside the namespaces
//
//   rondo::avx512    16 lanes
//   rondo::avx2       8 lanes
//   rondo::portable   4 lanes
//
// and shows its other half: the same source, which the compiler turns into different
// instructions. That half begins with the headers that it needs, which are likewise read once for
// each. Everything in it has internal linkage, so that code for one instruction set can never stand
// in for another's.

#include "InstructionSet.h"

#if RONDO_HAS_AVX

#include <immintrin.h>

#define RONDO_LANES 16
#if defined(__clang__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")
#endif
namespace rondo::avx512 {
namespace {
#include RONDO_KERNEL
}
}  // namespace rondo::avx512
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#undef RONDO_LANES

#define RONDO_LANES 8
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif
namespace rondo::avx2 {
namespace {
#include RONDO_KERNEL
}
}  // namespace rondo::avx2
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#undef RONDO_LANES

#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#define RONDO_LANES 4
namespace rondo::portable {
namespace {
#include RONDO_KERNEL
}
}  // namespace rondo::portable
#undef RONDO_LANES
