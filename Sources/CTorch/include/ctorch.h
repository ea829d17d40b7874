#ifndef CTORCH_H
#define CTORCH_H

// LibTorch as plain C.
//
// Any operation is called by its name in LibTorch's dispatcher, `aten::add` or `rondo::gru`, with a
// small array of tagged values, so a new operation needs no new C function. No C++ type and no
// exception crosses this header: a function that can fail returns a status, and the text of the
// failure is read with `ctorch_last_error` on the same thread.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define CTORCH_NULLABLE _Nullable
#else
#define CTORCH_NULLABLE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// One owned reference to a LibTorch tensor.
typedef struct CTorchTensor *CTorchTensorRef;
/// An operation of LibTorch's dispatcher; lives as long as the process.
typedef const struct CTorchOperation *CTorchOperationRef;

// MARK: - Status

/// What a call came to.
enum {
  CTORCH_OK = 0,
  CTORCH_FAILED = -1,
  /// The device has no memory left for the result.
  CTORCH_OUT_OF_MEMORY = -2,
};

/// The text of the last failure on this thread.
const char *ctorch_last_error(void);

// MARK: - Calling an operation

/// The kinds of value that an operation takes and returns.
enum {
  CTORCH_NONE = 0,
  CTORCH_TENSOR = 1,
  CTORCH_INTEGER = 2,
  CTORCH_REAL = 3,
  CTORCH_BOOLEAN = 4,
  CTORCH_INTEGERS = 5,
  CTORCH_REALS = 6,
  CTORCH_TENSORS = 7,
  CTORCH_STRING = 8,
  CTORCH_DEVICE = 9,
};

/// One argument or result. A list holds `count` elements in memory of its own.
typedef struct {
  int32_t tag;
  int32_t count;
  union {
    void *CTORCH_NULLABLE pointer;
    int64_t integer;
    double real;
  } payload;
} CTorchValue;

enum { CTORCH_ARGUMENT_LIMIT = 20, CTORCH_RESULT_LIMIT = 8 };

/// The arguments of one call, in order. Tensors are borrowed; lists are copied and freed by the call.
typedef struct {
  int32_t count;
  CTorchValue values[CTORCH_ARGUMENT_LIMIT];
} CTorchArguments;

/// The results of one call; tensors are owned by the caller.
typedef struct {
  int32_t count;
  CTorchValue values[CTORCH_RESULT_LIMIT];
} CTorchResults;

static inline CTorchValue *ctorch_next(CTorchArguments *arguments, int32_t tag, int32_t count) {
  if (arguments->count >= CTORCH_ARGUMENT_LIMIT) abort();
  CTorchValue *value = &arguments->values[arguments->count++];
  value->tag = tag;
  value->count = count;
  return value;
}

static inline void ctorch_append_none(CTorchArguments *arguments) {
  ctorch_next(arguments, CTORCH_NONE, 0);
}
static inline void ctorch_append_tensor(CTorchArguments *arguments, CTorchTensorRef tensor) {
  ctorch_next(arguments, CTORCH_TENSOR, 0)->payload.pointer = tensor;
}
static inline void ctorch_append_integer(CTorchArguments *arguments, int64_t integer) {
  ctorch_next(arguments, CTORCH_INTEGER, 0)->payload.integer = integer;
}
static inline void ctorch_append_real(CTorchArguments *arguments, double real) {
  ctorch_next(arguments, CTORCH_REAL, 0)->payload.real = real;
}
static inline void ctorch_append_boolean(CTorchArguments *arguments, bool boolean) {
  ctorch_next(arguments, CTORCH_BOOLEAN, 0)->payload.integer = boolean;
}
static inline void ctorch_append_device(CTorchArguments *arguments, int32_t kind, int64_t index) {
  ctorch_next(arguments, CTORCH_DEVICE, kind)->payload.integer = index;
}
static inline void ctorch_append_list(
    CTorchArguments *arguments, int32_t tag, const void *CTORCH_NULLABLE elements, size_t count,
    size_t size) {
  void *copy = malloc(count * size + 1);
  if (!copy) abort();
  if (elements) memcpy(copy, elements, count * size);
  ctorch_next(arguments, tag, (int32_t)count)->payload.pointer = copy;
}
static inline void ctorch_append_integers(
    CTorchArguments *arguments, const void *CTORCH_NULLABLE elements, size_t count) {
  ctorch_append_list(arguments, CTORCH_INTEGERS, elements, count, sizeof(int64_t));
}
static inline void ctorch_append_reals(
    CTorchArguments *arguments, const void *CTORCH_NULLABLE elements, size_t count) {
  ctorch_append_list(arguments, CTORCH_REALS, elements, count, sizeof(double));
}
/// A null handle in the list is a missing tensor.
static inline void ctorch_append_tensors(
    CTorchArguments *arguments, const void *CTORCH_NULLABLE handles, size_t count) {
  ctorch_append_list(arguments, CTORCH_TENSORS, handles, count, sizeof(CTorchTensorRef));
}
static inline void ctorch_append_string(
    CTorchArguments *arguments, const void *CTORCH_NULLABLE utf8, size_t count) {
  ctorch_append_list(arguments, CTORCH_STRING, utf8, count, 1);
}

/// Looks an operation up by name, such as `aten::add`, and overload, such as `Tensor`.
CTorchOperationRef CTORCH_NULLABLE ctorch_operation(const char *name, const char *overload);

/// Calls an operation. Arguments that are left out take the schema's defaults.
int32_t ctorch_call(
    CTorchOperationRef operation, CTorchArguments *arguments, CTorchResults *results);

// MARK: - Tensors

void ctorch_release(CTorchTensorRef tensor);
int32_t ctorch_rank(CTorchTensorRef tensor);
/// The size of every axis; valid as long as the tensor.
const int64_t *ctorch_sizes(CTorchTensorRef tensor);
int64_t ctorch_element_count(CTorchTensorRef tensor);
/// LibTorch's number for the type of the elements.
int32_t ctorch_scalar_type(CTorchTensorRef tensor);
int32_t ctorch_device_kind(CTorchTensorRef tensor);
int32_t ctorch_device_index(CTorchTensorRef tensor);

/// Copies `byteCount` bytes in row-major order into a new tensor on the CPU.
int32_t ctorch_create(
    const void *CTORCH_NULLABLE bytes, size_t byteCount, const int64_t *sizes, int32_t rank,
    int32_t scalarType, CTorchTensorRef CTORCH_NULLABLE *CTORCH_NULLABLE result);
/// Copies the elements in row-major order to memory on the host.
int32_t ctorch_read(CTorchTensorRef tensor, void *CTORCH_NULLABLE bytes, size_t byteCount);
/// Copies the elements of `source` into the memory of `destination`.
int32_t ctorch_overwrite(CTorchTensorRef destination, CTorchTensorRef source);

// MARK: - Gradients

int32_t ctorch_record_gradient(CTorchTensorRef tensor, bool isRecording);
bool ctorch_records_gradient(CTorchTensorRef tensor);
/// The gradient that the last backward pass left, or null; owned by the caller.
CTorchTensorRef CTORCH_NULLABLE ctorch_gradient(CTorchTensorRef tensor);
int32_t ctorch_set_gradient(CTorchTensorRef tensor, CTorchTensorRef CTORCH_NULLABLE gradient);
int32_t ctorch_backward(CTorchTensorRef tensor, CTorchTensorRef CTORCH_NULLABLE gradient);
/// Whether history is recorded on this thread.
bool ctorch_gradient_mode(void);
void ctorch_set_gradient_mode(bool isEnabled);

// MARK: - Devices, threads and random numbers

/// How many devices of a kind there are.
int32_t ctorch_device_count(int32_t kind);
/// Waits until the device has done what it was given.
int32_t ctorch_synchronize(int32_t kind, int32_t index);
int32_t ctorch_thread_count(void);
void ctorch_set_thread_count(int32_t count);
/// Seeds the generators of all devices.
void ctorch_seed(uint64_t seed);
/// The state of a device's generator as a tensor of bytes; owned by the caller.
CTorchTensorRef CTORCH_NULLABLE ctorch_random_state(int32_t kind, int32_t index);
int32_t ctorch_set_random_state(int32_t kind, int32_t index, CTorchTensorRef state);
/// LibTorch's version, such as 2.13.0.
const char *ctorch_version(void);
/// The path of the library that was loaded; empty where the system does not tell.
const char *ctorch_library_path(void);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
