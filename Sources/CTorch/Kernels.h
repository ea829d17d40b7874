#pragma once

// What the operations of Rondo share: how LibTorch's threads and memory reach CRondoKernels, and
// when the hand-written version may stand in for LibTorch's own.

#include <ATen/core/Tensor.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "kernels.h"

namespace ctorch {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// LibTorch's thread pool, with as many workers as LibTorch uses.
rondo_workers workers();

/// Aligned scratch memory for one call on this thread.
///
/// Moderate sizes come from memory that the thread keeps, because fresh pages cost as much time as
/// a small kernel; larger ones from LibTorch's allocator. One at a time per thread.
class Scratch {
 public:
  explicit Scratch(int64_t floatCount);

  operator float *() const { return memory; }

 private:
  Tensor large;
  float *memory;
};

/// Whether the kernels can read all of these: dense float32 in CPU memory, none of them empty.
bool isFast(const variable_list &inputs);

/// Whether a gradient of these is to be recorded.
bool isRecorded(const variable_list &inputs);

/// The elements of a contiguous tensor, or null for an undefined one.
inline const float *elements(const Tensor &tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

/// The elements of a contiguous tensor for writing, or null for an undefined one.
inline float *writable(const Tensor &tensor) {
  return tensor.defined() ? tensor.mutable_data_ptr<float>() : nullptr;
}

/// A gradient as the kernels read it: contiguous, or undefined.
inline Tensor dense(const Tensor &gradient) {
  return gradient.defined() ? gradient.contiguous() : gradient;
}

/// An empty tensor like the input if its gradient is wanted, or an undefined one.
Tensor gradientFor(const AutogradContext &context, size_t index, const Tensor &input);

/// Gradients through LibTorch's own operations, themselves differentiable: `compute` maps the
/// inputs to the results whose gradients are given.
variable_list composedGradients(
    const AutogradContext &context, const variable_list &inputs, const variable_list &gradients,
    const std::function<variable_list(const variable_list &)> &compute);

// MARK: Equations that more than one operation is composed of

/// The context `[B, K]` and the weights `[B, S]` of an additive attention; `visible` may be
/// undefined.
std::pair<Tensor, Tensor> composedAttention(
    const Tensor &query, const Tensor &keys, const Tensor &energy, const Tensor &values,
    const Tensor &visible);

/// The next state of a GRU from what input and state add to its gates, `[B, 3 H]` each.
Tensor composedGRUStep(const Tensor &fromInput, const Tensor &fromHidden, const Tensor &hidden);

/// The elements of a contiguous mask, or null for an undefined one.
const bool *visibleElements(const Tensor &visible);

/// A contiguous mask `[B, S]`, or an undefined one.
Tensor checkedVisible(
    const char *name, const std::optional<Tensor> &visible, int64_t batchSize,
    int64_t sourceCount);

}  // namespace ctorch
