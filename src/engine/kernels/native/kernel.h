#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

// A thin layer over TensorFlow's C interface for operations of its own: float tensors in, float tensors out.
namespace likeness {

/** A tensor that an operation was given or gives. Rows are all dimensions but the last, which is the channels. */
class Floats {
 public:
  explicit Floats(TF_Tensor* tensor) : tensor_(tensor), data_(static_cast<float*>(TF_TensorData(tensor))) {
    for (int axis = 0; axis < TF_NumDims(tensor); axis++) shape.push_back(TF_Dim(tensor, axis));
  }
  Floats(Floats&& other) noexcept : shape(std::move(other.shape)), tensor_(other.tensor_), data_(other.data_) { other.tensor_ = nullptr; }
  Floats(const Floats&) = delete;
  Floats& operator=(const Floats&) = delete;
  ~Floats() {
    if (tensor_ != nullptr) TF_DeleteTensor(tensor_);
  }
  float* data() const { return data_; }
  int64_t size() const { return TF_TensorElementCount(tensor_); }
  int64_t channels() const { return shape.empty() ? 1 : shape.back(); }
  int64_t rows() const { return channels() == 0 ? 0 : size() / channels(); }

  std::vector<int64_t> shape;

 private:
  TF_Tensor* tensor_;
  /** Asked for once: TensorFlow's library is called for it. */
  float* data_;
};

class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;
  ~Status() { TF_DeleteStatus(status_); }
  operator TF_Status*() { return status_; }
  void check() const {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* status_;
};

/** What a call of an operation is given. */
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {}
  int inputs() const { return TF_NumInputs(context_); }
  Floats input(int index) const {
    Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status);
    status.check();
    return Floats(tensor);
  }
  Floats output(int index, const std::vector<int64_t>& shape) const {
    int64_t size = 1;
    for (const int64_t side : shape) size *= side;
    Status status;
    TF_Tensor* tensor = TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(), static_cast<int>(shape.size()), size * sizeof(float), status);
    status.check();
    return Floats(tensor);
  }

 private:
  TF_OpKernelContext* context_;
};

inline void expect(bool holds, const std::string& what) {
  if (!holds) throw std::invalid_argument(what);
}

/** The options of an operation, read once. */
class Options {
 public:
  explicit Options(TF_OpKernelConstruction* construction) : construction_(construction) {}
  float number(const char* name) const {
    Status status;
    float value = 0;
    TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status);
    status.check();
    return value;
  }
  int64_t integer(const char* name) const {
    Status status;
    int64_t value = 0;
    TF_OpKernelConstruction_GetAttrInt64(construction_, name, &value, status);
    status.check();
    return value;
  }

 private:
  TF_OpKernelConstruction* construction_;
};

/** Names and types as TensorFlow writes them: "x: float", "xs: count * float". */
struct Signature {
  const char* name;
  std::vector<const char*> inputs;
  std::vector<const char*> outputs;
  std::vector<const char*> attributes;
};

/** Makes `Kernel` known: it has a constructor of Options and a method compute(const Call&), which may throw. */
template <typename Kernel>
void register_operation(const Signature& signature) {
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(signature.name);
  for (const char* attribute : signature.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  for (const char* input : signature.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : signature.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  Status status;
  TF_RegisterOpDefinition(definition, status);
  status.check();
  TF_KernelBuilder* builder = TF_NewKernelBuilder(
      signature.name, "CPU",
      [](TF_OpKernelConstruction* construction) -> void* {
        try {
          return new Kernel(Options(construction));
        } catch (const std::exception& error) {
          Status failure;
          TF_SetStatus(failure, TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelConstruction_Failure(construction, failure);
          return nullptr;
        }
      },
      [](void* kernel, TF_OpKernelContext* context) {
        try {
          static_cast<const Kernel*>(kernel)->compute(Call(context));
        } catch (const std::exception& error) {
          Status failure;
          TF_SetStatus(failure, TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelContext_Failure(context, failure);
        }
      },
      [](void* kernel) { delete static_cast<Kernel*>(kernel); });
  TF_RegisterKernelBuilder(signature.name, builder, status);
  status.check();
}

}  // namespace likeness
