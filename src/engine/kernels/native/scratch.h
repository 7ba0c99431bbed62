#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

namespace likeness {

/** Memory that begins at the border of a register; kept from call to call where the Scratch is. */
class Scratch {
 public:
  float* of(int64_t size) {
    if (size > size_) {
      memory_.reset(static_cast<float*>(std::aligned_alloc(64, (size * sizeof(float) + 63) / 64 * 64)));
      if (!memory_) throw std::bad_alloc();
      size_ = size;
    }
    return memory_.get();
  }

 private:
  struct Free {
    void operator()(float* memory) const { std::free(memory); }
  };
  std::unique_ptr<float[], Free> memory_;
  int64_t size_ = 0;
};

}  // namespace likeness
