// The operations `rondo::…`, as LibTorch's dispatcher knows them.
//
// Each runs a kernel of CRondoKernels on dense float32 tensors in CPU memory, with a gradient of
// its own. For other types and devices, and for gradients of gradients, the same equations are
// composed of LibTorch's operations.

#if __has_include(<ATen/core/Tensor.h>)

#include "Kernels.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <cstdlib>
#include <memory>

#include "Operations.h"

#if defined(__linux__)
// The pool that LibTorch's own loops run on. A loop written with `at::parallel_for` would need
// this file to be compiled with OpenMP, or else be serial.
extern "C" void GOMP_parallel(
    void (*function)(void *), void *data, unsigned threadCount, unsigned flags);
extern "C" int omp_get_thread_num(void);
extern "C" int omp_get_num_threads(void);
#endif

namespace ctorch {

namespace {

struct Loop {
  int64_t count;
  rondo_task task;
  void *context;
};

void runInPool(int64_t count, rondo_task task, void *context) {
#if defined(__linux__)
  Loop loop{count, task, context};
  // The pool may grant fewer threads than asked for.
  const auto body = [](void *data) {
    const Loop &loop = *static_cast<Loop *>(data);
    for (int64_t index = omp_get_thread_num(); index < loop.count;
         index += omp_get_num_threads())
      loop.task(loop.context, index);
  };
  GOMP_parallel(body, &loop, unsigned(count), 0);
#else
  at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
    for (int64_t index = begin; index < end; ++index) task(context, index);
  });
#endif
}

struct Freeing {
  void operator()(float *memory) const { std::free(memory); }
};

/// Floats that a thread keeps at most: 64 MiB.
constexpr int64_t keptFloatCount = 1 << 24;

}  // namespace

rondo_workers workers() {
  return {at::in_parallel_region() ? 1 : int64_t(at::get_num_threads()), runInPool};
}

Scratch::Scratch(int64_t floatCount) {
  thread_local std::unique_ptr<float, Freeing> kept;
  thread_local int64_t size = 0;
  if (floatCount > keptFloatCount) {
    large = at::empty({floatCount}, at::kFloat);
    memory = large.mutable_data_ptr<float>();
    return;
  }
  if (floatCount > size) {
    kept.reset();
    size = 0;
    void *block = nullptr;
    TORCH_CHECK(
        posix_memalign(&block, RONDO_ALIGNMENT, size_t(floatCount) * sizeof(float)) == 0,
        "no memory for a scratch of ", floatCount, " floats");
    kept.reset(static_cast<float *>(block));
    size = floatCount;
  }
  memory = kept.get();
}

bool isFast(const variable_list &inputs) {
  for (const Tensor &input : inputs)
    if (!input.device().is_cpu() || input.layout() != at::kStrided
        || input.scalar_type() != at::kFloat || input.numel() == 0)
      return false;
  return true;
}

bool isRecorded(const variable_list &inputs) {
  if (!at::GradMode::is_enabled()) return false;
  for (const Tensor &input : inputs)
    if (input.requires_grad()) return true;
  return false;
}

Tensor gradientFor(const AutogradContext &context, size_t index, const Tensor &input) {
  if (!context.needs_input_grad(index)) return {};
  return at::empty_like(input, at::MemoryFormat::Contiguous);
}

variable_list composedGradients(
    const AutogradContext &context, const variable_list &inputs, const variable_list &gradients,
    const std::function<variable_list(const variable_list &)> &compute) {
  at::AutoGradMode recording(true);
  // Views stand for the inputs: one input may have been computed from another, and the path
  // through it belongs to the other's gradient only.
  variable_list views, wanted, given, used;
  for (size_t index = 0; index < inputs.size(); ++index) {
    views.push_back(inputs[index].view_as(inputs[index]));
    if (context.needs_input_grad(index)) wanted.push_back(views.back());
  }
  const variable_list results = compute(views);
  for (size_t index = 0; index < gradients.size(); ++index)
    if (gradients[index].defined()) {
      used.push_back(results[index]);
      given.push_back(gradients[index]);
    }
  const variable_list found = torch::autograd::grad(
      used, wanted, given, /*retain_graph=*/true, /*create_graph=*/true, /*allow_unused=*/true);
  variable_list all(inputs.size());
  for (size_t index = 0, next = 0; index < inputs.size(); ++index)
    if (context.needs_input_grad(index)) all[index] = found[next++];
  return all;
}

TORCH_LIBRARY(rondo, library) {
  library.def(
      "rnn(Tensor x, Tensor h0, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, "
      "Tensor? lengths, bool reverse) -> (Tensor sequence, Tensor hidden)",
      &rnn);
  library.def(
      "gru(Tensor x, Tensor h0, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, "
      "Tensor? lengths, bool reverse) -> (Tensor sequence, Tensor hidden)",
      &gru);
  library.def(
      "lstm(Tensor x, Tensor h0, Tensor c0, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, "
      "Tensor? lengths, bool reverse) -> (Tensor sequence, Tensor hidden, Tensor cell)",
      &lstm);
  library.def(
      "additive_attention(Tensor query, Tensor keys, Tensor v, Tensor values, Tensor? visible) "
      "-> (Tensor context, Tensor weights)",
      &additive_attention);
  library.def(
      "bahdanau_decoder(Tensor embedded, Tensor keys, Tensor values, Tensor? visible, Tensor h0, "
      "Tensor w_q, Tensor v, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh) "
      "-> (Tensor states, Tensor contexts, Tensor weights)",
      &bahdanau_decoder);
  library.def("linear(Tensor x, Tensor weight, Tensor? bias=None) -> Tensor", &linear);
  library.def(
      "linear_cross_entropy(Tensor x, Tensor weight, Tensor? bias, Tensor targets, "
      "int ignore_index=-100, float smoothing=0.0) -> Tensor",
      &linear_cross_entropy);
}

}  // namespace ctorch

#endif
