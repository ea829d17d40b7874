// Gradients, devices, threads and random numbers.

#if __has_include(<ATen/core/Tensor.h>)

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <ATen/core/grad_mode.h>
#include <ATen/detail/MPSHooksInterface.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/autograd/autograd.h>

#include <dlfcn.h>

#include <filesystem>
#include <mutex>

#include "Shim.h"

using ctorch::give;
using ctorch::guarded;
using ctorch::implementation;
using ctorch::share;

int32_t ctorch_record_gradient(CTorchTensorRef tensor, bool isRecording) {
  return guarded([&] { share(tensor).set_requires_grad(isRecording); });
}

bool ctorch_records_gradient(CTorchTensorRef tensor) { return share(tensor).requires_grad(); }

CTorchTensorRef ctorch_gradient(CTorchTensorRef tensor) {
  CTorchTensorRef gradient = nullptr;
  guarded([&] { gradient = give(share(tensor).grad()); });
  return gradient;
}

int32_t ctorch_set_gradient(CTorchTensorRef tensor, CTorchTensorRef gradient) {
  return guarded([&] { share(tensor).mutable_grad() = share(gradient); });
}

int32_t ctorch_backward(CTorchTensorRef tensor, CTorchTensorRef gradient) {
  return guarded([&] {
    torch::autograd::variable_list gradients;
    if (gradient) gradients.push_back(share(gradient));
    torch::autograd::backward({share(tensor)}, gradients);
  });
}

bool ctorch_gradient_mode(void) { return at::GradMode::is_enabled(); }
void ctorch_set_gradient_mode(bool isEnabled) { at::GradMode::set_enabled(isEnabled); }

// MARK: - Devices

namespace {

/// The path of libtorch_cpu.
std::filesystem::path libraryPath() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<void *>(&at::globalContext), &info) || !info.dli_fname) return {};
  return info.dli_fname;
}

/// Loads libtorch_cuda where it stands beside libtorch_cpu: nothing links it, so that one
/// executable runs with and without it.
void loadAccelerators() {
  static std::once_flag once;
  std::call_once(once, [] {
    const auto library = libraryPath().parent_path() / "libtorch_cuda.so";
    std::error_code ignored;
    if (std::filesystem::exists(library, ignored)) dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL);
  });
}

at::Generator generator(int32_t kind, int32_t index) {
  return at::globalContext().defaultGenerator(c10::Device(
      static_cast<c10::DeviceType>(kind), static_cast<c10::DeviceIndex>(kind == 0 ? -1 : index)));
}

}  // namespace

int32_t ctorch_device_count(int32_t kind) {
  loadAccelerators();
  int32_t count = 0;
  guarded([&] {
    switch (static_cast<c10::DeviceType>(kind)) {
      case c10::DeviceType::CPU: count = 1; break;
      case c10::DeviceType::MPS: count = at::hasMPS() ? 1 : 0; break;
      default: {
        const auto type = static_cast<c10::DeviceType>(kind);
        if (c10::impl::hasDeviceGuardImpl(type))
          count = c10::impl::VirtualGuardImpl(type).deviceCount();
      }
    }
  });
  return count;
}

int32_t ctorch_synchronize(int32_t kind, int32_t index) {
  return guarded([&] {
    const auto type = static_cast<c10::DeviceType>(kind);
    if (type == c10::DeviceType::CPU) return;
    c10::impl::VirtualGuardImpl(type).synchronizeDevice(static_cast<c10::DeviceIndex>(index));
  });
}

const char *ctorch_library_path(void) {
  static const std::string path = libraryPath().string();
  return path.c_str();
}

// MARK: - Threads and random numbers

int32_t ctorch_thread_count(void) { return at::get_num_threads(); }
void ctorch_set_thread_count(int32_t count) { at::set_num_threads(count); }

void ctorch_seed(uint64_t seed) {
  guarded([&] { at::manual_seed(seed); });
}

CTorchTensorRef ctorch_random_state(int32_t kind, int32_t index) {
  CTorchTensorRef state = nullptr;
  guarded([&] {
    auto source = generator(kind, index);
    std::lock_guard<std::mutex> lock(source.mutex());
    state = give(source.get_state());
  });
  return state;
}

int32_t ctorch_set_random_state(int32_t kind, int32_t index, CTorchTensorRef state) {
  return guarded([&] {
    auto target = generator(kind, index);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_state(share(state));
  });
}

#endif
