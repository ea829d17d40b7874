#include "InstructionSet.h"

#include <algorithm>
#include <atomic>

namespace {

rondo_instruction_set bestOfThisMachine() {
#if RONDO_HAS_AVX
  __builtin_cpu_init();
  const bool hasAVX2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (hasAVX2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return RONDO_AVX512;
  if (hasAVX2) return RONDO_AVX2;
#endif
  return RONDO_PORTABLE;
}

std::atomic<rondo_instruction_set> &current() {
  static std::atomic<rondo_instruction_set> value{bestOfThisMachine()};
  return value;
}

}  // namespace

rondo_instruction_set rondo_current_instruction_set(void) {
  return current().load(std::memory_order_relaxed);
}

void rondo_limit_instruction_set(rondo_instruction_set best) {
  current().store(std::min(best, bestOfThisMachine()), std::memory_order_relaxed);
}
