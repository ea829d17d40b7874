#pragma once

// Which instruction set the fast versions use, and the few words that every kernel shares.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "kernels.h"

namespace rondo {

/// Sizes, counts and positions.
using Index = int64_t;

/// The least multiple of `step` that is at least `value`.
constexpr Index roundedUp(Index value, Index step) { return (value + step - 1) / step * step; }

/// Floats rounded up so that what follows them in scratch memory is aligned.
constexpr Index aligned(Index floatCount) {
  return roundedUp(floatCount, RONDO_ALIGNMENT / Index(sizeof(float)));
}

/// Floats of packed weights: columns are rounded up to whole vectors of any instruction set.
constexpr Index packedSize(Index columnCount, Index depth) {
  return depth * roundedUp(columnCount, 16);
}

/// Multiply-adds below which waking a second thread takes longer than the product.
constexpr Index parallelThreshold = 300'000;

/// Hands out consecutive aligned pieces of a block of memory; without memory, it only counts.
class Arena {
 public:
  explicit Arena(float *memory) : memory(memory) {}

  float *take(Index floatCount) {
    float *piece = memory ? memory + used : nullptr;
    used += aligned(floatCount);
    return piece;
  }

  /// How many floats were taken.
  Index size() const { return used; }

 private:
  float *memory;
  Index used = 0;
};

/// Calls `body(index)` for each worker; on the calling thread when there is one worker.
template <class Body>
void forEachWorker(const rondo_workers &workers, Body &body) {
  if (workers.count <= 1) {
    body(Index(0));
    return;
  }
  workers.run(
      workers.count, [](void *context, int64_t index) { (*static_cast<Body *>(context))(index); },
      &body);
}

/// The part of `0 ..< count` that belongs to one of `workerCount` workers, cut at multiples of
/// `grain`.
struct Share {
  Index first, end;

  Share(Index first, Index end) : first(first), end(end) {}

  Share(Index count, Index grain, Index worker, Index workerCount) {
    const Index grains = (count + grain - 1) / grain;
    first = grains * worker / workerCount * grain;
    end = grains * (worker + 1) / workerCount * grain;
    if (end > count) end = count;
  }
};

}  // namespace rondo

#if defined(__x86_64__)
#define RONDO_HAS_AVX 1
/// `namespace::function` of the instruction set in use.
#define RONDO_BEST(function)                                                         \
  (rondo_current_instruction_set() == RONDO_AVX512 ? &rondo::avx512::function        \
   : rondo_current_instruction_set() == RONDO_AVX2 ? &rondo::avx2::function          \
                                                   : &rondo::portable::function)
#else
#define RONDO_HAS_AVX 0
#define RONDO_BEST(function) (&rondo::portable::function)
#endif
