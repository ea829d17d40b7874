#pragma once

// What the sources of this target share: tensors to handles and back, exceptions to text.

#include <ATen/core/Tensor.h>

#include <string>

#include "ctorch.h"

namespace ctorch {

/// Keeps the text of a failure for `ctorch_last_error`, and returns `status`.
int32_t fail(const char *text, int32_t status = CTORCH_FAILED) noexcept;

/// The tensor behind a handle: the handle is the `TensorImpl` itself.
inline c10::TensorImpl *implementation(CTorchTensorRef handle) {
  return reinterpret_cast<c10::TensorImpl *>(handle);
}

/// Gives the tensor away as a handle that owns one reference.
inline CTorchTensorRef give(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  return reinterpret_cast<CTorchTensorRef>(tensor.unsafeReleaseTensorImpl());
}

/// A second reference to the tensor behind a handle; an undefined tensor for null.
inline at::Tensor share(CTorchTensorRef handle) {
  if (!handle) return {};
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
      implementation(handle)));
}

/// Runs `body`; an exception becomes a status and a text.
template <class Body>
int32_t guarded(Body &&body) noexcept {
  try {
    body();
    return CTORCH_OK;
  } catch (const c10::OutOfMemoryError &error) {
    return fail(error.what_without_backtrace(), CTORCH_OUT_OF_MEMORY);
  } catch (const c10::Error &error) {
    return fail(error.what_without_backtrace());
  } catch (const std::exception &error) {
    return fail(error.what());
  } catch (...) {
    return fail("an unknown C++ exception");
  }
}

}  // namespace ctorch
