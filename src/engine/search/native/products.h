#pragma once

#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define LIKENESS_HAS_X86 1
#define LIKENESS_AVX2 __attribute__((target("avx2,fma")))
#define LIKENESS_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define LIKENESS_VNNI __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#else
#define LIKENESS_HAS_X86 0
#endif

// Products of rows with probes, for the registers that the processor has. Rows are padded with zeros to whole registers.
namespace likeness {

/** Probes that are multiplied with a row at once, and rows that are taken with them. */
constexpr int64_t kBlockProbes = 32;
constexpr int64_t kBlockRows = 12;
/** The probe's codes are moved up by this, since processors multiply codes without a sign by codes with one. */
constexpr int kCodeOffset = 128;

enum class Registers { plain, avx2, avx512, vnni };

inline Registers registers_here() {
#if LIKENESS_HAS_X86
  __builtin_cpu_init();
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (wide && __builtin_cpu_supports("avx512vnni")) return Registers::vnni;
  if (wide) return Registers::avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return Registers::avx2;
#endif
  return Registers::plain;
}

/** `count` rows of `stride` floats times one probe. */
inline void multiply_plain(const float* rows, int64_t stride, int64_t count, const float* probe, float* products) {
  for (int64_t row = 0; row < count; row++) {
    float sums[16] = {};
    for (int64_t column = 0; column < stride; column += 16)
      for (int lane = 0; lane < 16; lane++) sums[lane] += rows[row * stride + column + lane] * probe[column + lane];
    float sum = 0;
    for (const float lane : sums) sum += lane;
    products[row] = sum;
  }
}

/** The same of codes; the probe's are moved up by kCodeOffset. */
inline void multiply_plain(const int8_t* rows, int64_t stride, int64_t count, const uint8_t* probe, int32_t* products) {
  for (int64_t row = 0; row < count; row++) {
    int32_t sum = 0;
    for (int64_t column = 0; column < stride; column++) sum += static_cast<int32_t>(rows[row * stride + column]) * probe[column];
    products[row] = sum;
  }
}

#if LIKENESS_HAS_X86
LIKENESS_AVX2 inline void multiply_avx2(const float* rows, int64_t stride, int64_t count, const float* probe, float* products) {
  for (int64_t row = 0; row < count; row++) {
    const float* values = rows + row * stride;
    __m256 one = _mm256_setzero_ps(), other = _mm256_setzero_ps();
    for (int64_t column = 0; column < stride; column += 16) {
      one = _mm256_fmadd_ps(_mm256_loadu_ps(values + column), _mm256_loadu_ps(probe + column), one);
      other = _mm256_fmadd_ps(_mm256_loadu_ps(values + column + 8), _mm256_loadu_ps(probe + column + 8), other);
    }
    const __m256 both = _mm256_add_ps(one, other);
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(both), _mm256_extractf128_ps(both, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    products[row] = _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
  }
}

LIKENESS_AVX2 inline void multiply_avx2(const int8_t* rows, int64_t stride, int64_t count, const uint8_t* probe, int32_t* products) {
  for (int64_t row = 0; row < count; row++) {
    __m256i sums = _mm256_setzero_si256();
    for (int64_t column = 0; column < stride; column += 16) {
      const __m256i codes = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(rows + row * stride + column)));
      const __m256i moved = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(probe + column)));
      sums = _mm256_add_epi32(sums, _mm256_madd_epi16(codes, moved));
    }
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
    products[row] = _mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1)));
  }
}

LIKENESS_AVX512 inline void multiply_avx512(const float* rows, int64_t stride, int64_t count, const float* probe, float* products) {
  int64_t row = 0;
  for (; row + 4 <= count; row += 4) {
    const float* values = rows + row * stride;
    __m512 sums[4] = {};
    for (int64_t column = 0; column < stride; column += 16) {
      const __m512 weights = _mm512_loadu_ps(probe + column);
#pragma GCC unroll 4
      for (int at = 0; at < 4; at++) sums[at] = _mm512_fmadd_ps(_mm512_loadu_ps(values + at * stride + column), weights, sums[at]);
    }
    for (int at = 0; at < 4; at++) products[row + at] = _mm512_reduce_add_ps(sums[at]);
  }
  for (; row < count; row++) {
    __m512 sum = _mm512_setzero_ps();
    for (int64_t column = 0; column < stride; column += 16) sum = _mm512_fmadd_ps(_mm512_loadu_ps(rows + row * stride + column), _mm512_loadu_ps(probe + column), sum);
    products[row] = _mm512_reduce_add_ps(sum);
  }
}

LIKENESS_VNNI inline void multiply_vnni(const int8_t* rows, int64_t stride, int64_t count, const uint8_t* probe, int32_t* products) {
  int64_t row = 0;
  for (; row + 4 <= count; row += 4) {
    const int8_t* codes = rows + row * stride;
    __m512i sums[4] = {};
    for (int64_t column = 0; column < stride; column += 64) {
      const __m512i moved = _mm512_loadu_si512(probe + column);
#pragma GCC unroll 4
      for (int at = 0; at < 4; at++) sums[at] = _mm512_dpbusd_epi32(sums[at], moved, _mm512_loadu_si512(codes + at * stride + column));
    }
    for (int at = 0; at < 4; at++) products[row + at] = _mm512_reduce_add_epi32(sums[at]);
  }
  for (; row < count; row++) {
    __m512i sum = _mm512_setzero_si512();
    for (int64_t column = 0; column < stride; column += 64)
      sum = _mm512_dpbusd_epi32(sum, _mm512_loadu_si512(probe + column), _mm512_loadu_si512(rows + row * stride + column));
    products[row] = _mm512_reduce_add_epi32(sum);
  }
}

/** kBlockRows rows times kBlockProbes probes, packed [size, probes]: products [rows, probes]. Nothing is summed across a register. */
LIKENESS_AVX512 inline void multiply_block(const float* rows, int64_t stride, int64_t size, const float* packed, float* products) {
  __m512 sums[kBlockRows][2] = {};
  for (int64_t column = 0; column < size; column++) {
    const __m512 one = _mm512_loadu_ps(packed + column * kBlockProbes), other = _mm512_loadu_ps(packed + column * kBlockProbes + 16);
#pragma GCC unroll 12
    for (int row = 0; row < kBlockRows; row++) {
      const __m512 value = _mm512_set1_ps(rows[row * stride + column]);
      sums[row][0] = _mm512_fmadd_ps(value, one, sums[row][0]);
      sums[row][1] = _mm512_fmadd_ps(value, other, sums[row][1]);
    }
  }
#pragma GCC unroll 12
  for (int row = 0; row < kBlockRows; row++) {
    _mm512_storeu_ps(products + row * kBlockProbes, sums[row][0]);
    _mm512_storeu_ps(products + row * kBlockProbes + 16, sums[row][1]);
  }
}

/** The same of codes, packed [size / 4, probes, 4]. */
LIKENESS_VNNI inline void multiply_block(const int8_t* rows, int64_t stride, int64_t size, const uint8_t* packed, int32_t* products) {
  __m512i sums[kBlockRows][2] = {};
  for (int64_t column = 0; column < size; column += 4) {
    const __m512i one = _mm512_loadu_si512(packed + column * kBlockProbes), other = _mm512_loadu_si512(packed + column * kBlockProbes + 64);
#pragma GCC unroll 12
    for (int row = 0; row < kBlockRows; row++) {
      int32_t four;
      __builtin_memcpy(&four, rows + row * stride + column, sizeof four);
      const __m512i codes = _mm512_set1_epi32(four);
      sums[row][0] = _mm512_dpbusd_epi32(sums[row][0], one, codes);
      sums[row][1] = _mm512_dpbusd_epi32(sums[row][1], other, codes);
    }
  }
#pragma GCC unroll 12
  for (int row = 0; row < kBlockRows; row++) {
    _mm512_storeu_si512(products + row * kBlockProbes, sums[row][0]);
    _mm512_storeu_si512(products + row * kBlockProbes + 16, sums[row][1]);
  }
}
#endif

}  // namespace likeness
