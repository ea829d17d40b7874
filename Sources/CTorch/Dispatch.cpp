// Any operation of LibTorch by name, and tensors in and out.

#if !__has_include(<ATen/core/Tensor.h>)
#error "LibTorch is missing: run 'make setup', or set LIBTORCH"
#else

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/ops/empty.h>
#include <torch/version.h>

#include <sstream>

#include "Shim.h"

using ctorch::give;
using ctorch::guarded;
using ctorch::implementation;
using ctorch::share;

namespace ctorch {

thread_local std::string lastError;

int32_t fail(const char *text, int32_t status) noexcept {
  try {
    lastError = text;
  } catch (...) {
  }
  return status;
}

}  // namespace ctorch

namespace {

/// What an argument of an operation may be.
struct Parameter {
  std::string name;
  std::string type;
  uint32_t acceptedTags;
  bool isReal;
  c10::IValue defaultValue;
  bool hasDefault;
};

constexpr uint32_t bit(int32_t tag) { return 1u << tag; }

/// The tags that a schema's type accepts.
uint32_t acceptedTags(const c10::Type &type) {
  switch (type.kind()) {
    case c10::TypeKind::OptionalType:
      return bit(CTORCH_NONE) | acceptedTags(*type.expectRef<c10::OptionalType>().getElementType());
    case c10::TypeKind::TensorType: return bit(CTORCH_TENSOR);
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return bit(CTORCH_INTEGER);
    case c10::TypeKind::FloatType: return bit(CTORCH_REAL) | bit(CTORCH_INTEGER);
    case c10::TypeKind::BoolType: return bit(CTORCH_BOOLEAN);
    case c10::TypeKind::NumberType:
      return bit(CTORCH_INTEGER) | bit(CTORCH_REAL) | bit(CTORCH_BOOLEAN);
    case c10::TypeKind::StringType: return bit(CTORCH_STRING);
    case c10::TypeKind::DeviceObjType: return bit(CTORCH_DEVICE);
    case c10::TypeKind::ListType: {
      const c10::Type &element = *type.expectRef<c10::ListType>().getElementType();
      switch (element.kind()) {
        case c10::TypeKind::IntType:
        case c10::TypeKind::SymIntType: return bit(CTORCH_INTEGERS);
        case c10::TypeKind::FloatType: return bit(CTORCH_REALS);
        case c10::TypeKind::TensorType:
        case c10::TypeKind::OptionalType: return bit(CTORCH_TENSORS);
        default: return 0;
      }
    }
    default: return 0;
  }
}

/// Whether a number is passed on as a real one, also where there may be none.
bool isReal(const c10::Type &type) {
  if (type.kind() == c10::TypeKind::OptionalType)
    return isReal(*type.expectRef<c10::OptionalType>().getElementType());
  return type.kind() == c10::TypeKind::FloatType;
}

bool isListOfOptionals(const c10::Type &type) {
  return type.kind() == c10::TypeKind::ListType &&
         type.expectRef<c10::ListType>().getElementType()->kind() == c10::TypeKind::OptionalType;
}

const char *tagName(int32_t tag) {
  static const char *names[] = {"nothing",  "a tensor", "an integer", "a real number", "a Boolean",
                                "integers", "reals",    "tensors",    "a string",      "a device"};
  return tag >= 0 && tag < 10 ? names[tag] : "an unknown value";
}

struct Operation {
  c10::OperatorHandle handle;
  std::vector<Parameter> parameters;
  std::vector<bool> takesOptionals;

  explicit Operation(c10::OperatorHandle found) : handle(found) {
    for (const c10::Argument &argument : handle.schema().arguments()) {
      const c10::Type &type = *argument.type();
      parameters.push_back(
          {argument.name(), argument.type()->repr_str(), acceptedTags(type),
           isReal(type), argument.default_value().value_or(c10::IValue()),
           argument.default_value().has_value()});
      takesOptionals.push_back(isListOfOptionals(type));
    }
  }
};

c10::IValue toValue(const CTorchValue &value, const Parameter &parameter, bool takesOptionals) {
  TORCH_CHECK(
      parameter.acceptedTags & bit(value.tag), "argument '", parameter.name, "' takes ",
      parameter.type, " and got ", tagName(value.tag));
  const auto count = static_cast<size_t>(value.count);
  switch (value.tag) {
    case CTORCH_TENSOR: return share(static_cast<CTorchTensorRef>(value.payload.pointer));
    case CTORCH_INTEGER:
      if (parameter.isReal) return static_cast<double>(value.payload.integer);
      return value.payload.integer;
    case CTORCH_REAL: return value.payload.real;
    case CTORCH_BOOLEAN: return value.payload.integer != 0;
    case CTORCH_INTEGERS:
      return c10::IntArrayRef(static_cast<const int64_t *>(value.payload.pointer), count);
    case CTORCH_REALS:
      return c10::ArrayRef<double>(static_cast<const double *>(value.payload.pointer), count);
    case CTORCH_TENSORS: {
      const auto *handles = static_cast<const CTorchTensorRef *>(value.payload.pointer);
      if (takesOptionals) {
        c10::List<std::optional<at::Tensor>> list;
        for (size_t i = 0; i < count; i++)
          list.push_back(handles[i] ? std::optional(share(handles[i])) : std::nullopt);
        return list;
      }
      c10::List<at::Tensor> list;
      list.reserve(count);
      for (size_t i = 0; i < count; i++) list.push_back(share(handles[i]));
      return list;
    }
    case CTORCH_STRING:
      return std::string(static_cast<const char *>(value.payload.pointer), count);
    case CTORCH_DEVICE:
      return c10::Device(
          static_cast<c10::DeviceType>(value.count),
          static_cast<c10::DeviceIndex>(value.payload.integer));
    default: return {};
  }
}

CTorchValue fromValue(c10::IValue &value) {
  CTorchValue result{};
  if (value.isTensor()) {
    result.tag = CTORCH_TENSOR;
    result.payload.pointer = give(std::move(value).toTensor());
  } else if (value.isTensorList()) {
    auto tensors = value.toTensorVector();
    auto *handles =
        static_cast<CTorchTensorRef *>(malloc((tensors.size() + 1) * sizeof(CTorchTensorRef)));
    TORCH_CHECK(handles, "no memory for a list of tensors");
    for (size_t i = 0; i < tensors.size(); i++) handles[i] = give(std::move(tensors[i]));
    result.tag = CTORCH_TENSORS;
    result.count = static_cast<int32_t>(tensors.size());
    result.payload.pointer = handles;
  } else if (value.isInt()) {
    result.tag = CTORCH_INTEGER;
    result.payload.integer = value.toInt();
  } else if (value.isDouble()) {
    result.tag = CTORCH_REAL;
    result.payload.real = value.toDouble();
  } else if (value.isBool()) {
    result.tag = CTORCH_BOOLEAN;
    result.payload.integer = value.toBool();
  } else {
    TORCH_CHECK(value.isNone(), "a result of kind ", value.tagKind(), " is not supported");
  }
  return result;
}

void freeLists(const CTorchArguments &arguments) {
  for (int32_t i = 0; i < arguments.count; i++) {
    const CTorchValue &value = arguments.values[i];
    if (value.tag >= CTORCH_INTEGERS && value.tag <= CTORCH_STRING) free(value.payload.pointer);
  }
}

}  // namespace

const char *ctorch_last_error(void) { return ctorch::lastError.c_str(); }

CTorchOperationRef ctorch_operation(const char *name, const char *overload) {
  Operation *operation = nullptr;
  guarded([&] {
    operation = new Operation(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
  });
  return reinterpret_cast<CTorchOperationRef>(operation);
}

int32_t ctorch_call(
    CTorchOperationRef reference, CTorchArguments *arguments, CTorchResults *results) {
  const auto &operation = *reinterpret_cast<const Operation *>(reference);
  const int32_t status = guarded([&] {
    const auto &parameters = operation.parameters;
    const auto given = static_cast<size_t>(arguments->count);
    TORCH_CHECK(
        given <= parameters.size(), "got ", given, " arguments and takes ", parameters.size());
    torch::jit::Stack stack;
    stack.reserve(std::max(parameters.size(), operation.handle.schema().returns().size()));
    for (size_t i = 0; i < given; i++)
      stack.push_back(toValue(arguments->values[i], parameters[i], operation.takesOptionals[i]));
    for (size_t i = given; i < parameters.size(); i++) {
      TORCH_CHECK(parameters[i].hasDefault, "argument '", parameters[i].name, "' is missing");
      stack.push_back(parameters[i].defaultValue);
    }
    operation.handle.callBoxed(stack);
    TORCH_CHECK(stack.size() <= CTORCH_RESULT_LIMIT, "returned ", stack.size(), " results");
    results->count = static_cast<int32_t>(stack.size());
    for (size_t i = 0; i < stack.size(); i++) results->values[i] = fromValue(stack[i]);
  });
  freeLists(*arguments);
  return status;
}

// MARK: - Tensors

void ctorch_release(CTorchTensorRef tensor) {
  c10::raw::intrusive_ptr::decref(implementation(tensor));
}

int32_t ctorch_rank(CTorchTensorRef tensor) {
  return static_cast<int32_t>(implementation(tensor)->dim());
}

const int64_t *ctorch_sizes(CTorchTensorRef tensor) {
  return implementation(tensor)->sizes().data();
}

int64_t ctorch_element_count(CTorchTensorRef tensor) { return implementation(tensor)->numel(); }

int32_t ctorch_scalar_type(CTorchTensorRef tensor) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(implementation(tensor)->dtype()));
}

int32_t ctorch_device_kind(CTorchTensorRef tensor) {
  return static_cast<int32_t>(implementation(tensor)->device().type());
}

int32_t ctorch_device_index(CTorchTensorRef tensor) {
  return std::max<int32_t>(0, implementation(tensor)->device().index());
}

int32_t ctorch_create(
    const void *bytes, size_t byteCount, const int64_t *sizes, int32_t rank, int32_t scalarType,
    CTorchTensorRef *result) {
  return guarded([&] {
    const auto type = static_cast<c10::ScalarType>(scalarType);
    const c10::IntArrayRef shape(sizes, static_cast<size_t>(rank));
    const auto wanted = static_cast<size_t>(c10::multiply_integers(shape)) * c10::elementSize(type);
    TORCH_CHECK(byteCount == wanted, "got ", byteCount, " bytes and shape ", shape, " needs ", wanted);
    at::Tensor tensor = at::empty(shape, at::TensorOptions().dtype(type));
    if (byteCount) memcpy(tensor.mutable_data_ptr(), bytes, byteCount);
    *result = give(std::move(tensor));
  });
}

int32_t ctorch_read(CTorchTensorRef tensor, void *bytes, size_t byteCount) {
  return guarded([&] {
    const at::Tensor host = share(tensor).detach().cpu().contiguous();
    TORCH_CHECK(byteCount == host.nbytes(), "room for ", byteCount, " of ", host.nbytes(), " bytes");
    if (byteCount) memcpy(bytes, host.const_data_ptr(), byteCount);
  });
}

int32_t ctorch_overwrite(CTorchTensorRef destination, CTorchTensorRef source) {
  return guarded([&] {
    const bool wasRecording = ctorch_gradient_mode();
    ctorch_set_gradient_mode(false);
    share(destination).copy_(share(source));
    ctorch_set_gradient_mode(wasRecording);
  });
}

const char *ctorch_version(void) { return TORCH_VERSION; }

#endif
