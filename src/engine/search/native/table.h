#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace likeness {

/** Rows that lie together in memory, and the piece of work that a thread takes at once: whole blocks (products.h). */
constexpr int64_t kChunkRows = 4092;
constexpr int64_t kFloatsOfLine = 16;
constexpr int64_t kCodesOfLine = 64;
constexpr int kHighestCode = 127;

inline int64_t up_to(int64_t value, int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

/** What is needed beside a row's codes to say how far from the truth a product with them may be. */
struct RowFacts {
  /** A code times this is about the number it stands for. */
  float scale;
  /** Length of the row as its codes tell it. */
  float length;
  /** Length of what the codes leave out. */
  float rest;
  /** Sum of the codes. */
  int32_t sum;
};

/** Memory for templates: on big pages where there are any, and overwritten before it is given back. */
class Memory {
 public:
  explicit Memory(int64_t bytes) : bytes_(up_to(bytes, kPage)) {
    data_ = static_cast<char*>(std::aligned_alloc(kPage, bytes_));
    if (data_ == nullptr) throw std::bad_alloc();
#if defined(__linux__)
    madvise(data_, bytes_, MADV_HUGEPAGE);
#endif
    std::memset(data_, 0, bytes_);
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() {
    std::memset(data_, 0, bytes_);
    // The compiler must not think that nobody reads it any more.
    __asm__ __volatile__("" : : "r"(data_) : "memory");
    std::free(data_);
  }
  char* data() const { return data_; }
  int64_t bytes() const { return bytes_; }

 private:
  static constexpr int64_t kPage = 2 << 20;
  char* data_;
  int64_t bytes_;
};

/** Some rows: as they are, in 8 bits, and the facts. */
struct Chunk {
  Chunk(int64_t stride, int64_t code_stride) : memory(kChunkRows * (stride * sizeof(float) + code_stride + sizeof(RowFacts))) {
    floats = reinterpret_cast<float*>(memory.data());
    codes = reinterpret_cast<int8_t*>(floats + kChunkRows * stride);
    facts = reinterpret_cast<RowFacts*>(codes + kChunkRows * code_stride);
  }
  Memory memory;
  float* floats;
  int8_t* codes;
  RowFacts* facts;
};

/** Rows of `size` numbers, each kept as it is and in 8 bits. */
class Table {
 public:
  explicit Table(int64_t size) : size_(size), stride_(up_to(size, kFloatsOfLine)), code_stride_(up_to(size, kCodesOfLine)) {}

  int64_t size() const { return size_; }
  int64_t stride() const { return stride_; }
  int64_t code_stride() const { return code_stride_; }
  int64_t rows() const { return rows_; }
  int64_t chunks() const { return static_cast<int64_t>(chunks_.size()); }
  const Chunk& chunk(int64_t index) const { return *chunks_[index]; }
  int64_t rows_of(int64_t index) const { return std::min(kChunkRows, rows_ - index * kChunkRows); }
  const float* row(int64_t row) const { return chunks_[row / kChunkRows]->floats + row % kChunkRows * stride_; }
  /** No row is longer, nor was any since the table was empty. */
  float greatest_length() const { return greatest_length_; }
  int64_t bytes() const { return chunks_.empty() ? 0 : chunks() * chunks_[0]->memory.bytes(); }

  void append(const float* values) {
    if (rows_ == chunks() * kChunkRows) chunks_.push_back(std::make_unique<Chunk>(stride_, code_stride_));
    rows_++;
    try {
      put(rows_ - 1, values);
    } catch (...) {
      rows_--;
      throw;
    }
  }

  void put(int64_t row, const float* values) {
    double square = 0;
    float greatest = 0;
    for (int64_t column = 0; column < size_; column++) {
      square += static_cast<double>(values[column]) * values[column];
      greatest = std::max(greatest, std::fabs(values[column]));
    }
    if (!std::isfinite(square)) throw std::invalid_argument("A template holds numbers that are not finite.");
    greatest_length_ = std::max(greatest_length_, static_cast<float>(std::sqrt(square)) * 1.000001f);
    Chunk& chunk = *chunks_[row / kChunkRows];
    const int64_t place = row % kChunkRows;
    std::memcpy(chunk.floats + place * stride_, values, size_ * sizeof(float));
    chunk.facts[place] = encode(values, greatest, chunk.codes + place * code_stride_);
  }

  /** The last row takes the place of this one; the place of the last is overwritten. */
  void remove(int64_t row) {
    const int64_t last = --rows_;
    Chunk &from = *chunks_[last / kChunkRows], &to = *chunks_[row / kChunkRows];
    const int64_t source = last % kChunkRows, target = row % kChunkRows;
    if (row != last) {
      std::memcpy(to.floats + target * stride_, from.floats + source * stride_, stride_ * sizeof(float));
      std::memcpy(to.codes + target * code_stride_, from.codes + source * code_stride_, code_stride_);
      to.facts[target] = from.facts[source];
    }
    std::memset(from.floats + source * stride_, 0, stride_ * sizeof(float));
    std::memset(from.codes + source * code_stride_, 0, code_stride_);
    from.facts[source] = RowFacts{};
    if (rows_ <= (chunks() - 1) * kChunkRows) chunks_.pop_back();
  }

 private:
  RowFacts encode(const float* values, float greatest, int8_t* codes) const {
    const float scale = greatest / kHighestCode;
    double square = 0, rest = 0;
    int32_t sum = 0;
    for (int64_t column = 0; column < size_; column++) {
      const int code = scale > 0 ? std::clamp(static_cast<int>(std::lrint(values[column] / scale)), -kHighestCode, kHighestCode) : 0;
      codes[column] = static_cast<int8_t>(code);
      sum += code;
      const double told = static_cast<double>(scale) * code;
      square += told * told;
      rest += (values[column] - told) * (values[column] - told);
    }
    // Rounded up: they bound an error.
    return {scale, static_cast<float>(std::sqrt(square)) * 1.000001f, static_cast<float>(std::sqrt(rest)) * 1.000001f, sum};
  }

  int64_t size_, stride_, code_stride_, rows_ = 0;
  float greatest_length_ = 0;
  std::vector<std::unique_ptr<Chunk>> chunks_;
};

}  // namespace likeness
