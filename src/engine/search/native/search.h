#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "../../kernels/native/parallel.h"
#include "best.h"
#include "probes.h"
#include "products.h"
#include "table.h"

// The rows with the highest products, exactly. Every row gets bounds between which its product must lie; whoever could be among the best is
// then compared again in float64. So rounding and the 8 bits of a code cost time for a few more rows, and never a place.
namespace likeness {

struct Match {
  int64_t row;
  double score;
};

/** As the portable search sums it (portable-table.ts): four sums, so that both give the same to the last bit. */
inline double exact_product(const float* row, const float* probe, int64_t size) {
  double a = 0, b = 0, c = 0, d = 0;
  int64_t column = 0;
  for (; column + 3 < size; column += 4) {
    a += static_cast<double>(row[column]) * probe[column];
    b += static_cast<double>(row[column + 1]) * probe[column + 1];
    c += static_cast<double>(row[column + 2]) * probe[column + 2];
    d += static_cast<double>(row[column + 3]) * probe[column + 3];
  }
  for (; column < size; column++) a += static_cast<double>(row[column]) * probe[column];
  return a + b + (c + d);
}

/** What a thread has found in one chunk, by probe. */
class ChunkScan {
 public:
  ChunkScan(const Table& table, const Probes& probes, std::vector<Bar>& bars, int64_t limit) : table_(table), probes_(probes), bars_(bars) {
    for (const Bar& bar : bars) heights_.push_back(bar.height());
    heights_.resize(probes.blocks * kBlockProbes, std::numeric_limits<float>::infinity());
    for (int64_t probe = 0; probe < probes.count; probe++) best.emplace_back(limit);
  }

  void run(int64_t index, Precision precision) {
    chunk_ = &table_.chunk(index);
    first_ = index * kChunkRows;
    rows_ = table_.rows_of(index);
    static const Registers registers = registers_here();
#if LIKENESS_HAS_X86
    const bool by_blocks = probes_.count >= kFewestForBlocks && (precision == Precision::int8 ? registers == Registers::vnni : registers >= Registers::avx512);
    if (by_blocks) precision == Precision::int8 ? blocks_of_codes() : blocks_of_floats();
    else
#endif
      precision == Precision::int8 ? runs_of_codes(registers) : runs_of_floats(registers);
    for (int64_t probe = 0; probe < probes_.count; probe++) bars_[probe].raise(heights_[probe]);
  }

  std::vector<Best> best;

 private:
  static constexpr int64_t kRun = 64;
  static constexpr int64_t kFewestForBlocks = 6;

  void runs_of_floats(Registers registers) {
    float products[kRun];
    for (int64_t begin = 0; begin < rows_; begin += kRun) {
      const int64_t count = std::min(kRun, rows_ - begin);
      const float* rows = chunk_->floats + begin * table_.stride();
      for (int64_t probe = 0; probe < probes_.count; probe++) {
        const float* values = probes_.floats.data() + probe * table_.stride();
#if LIKENESS_HAS_X86
        if (registers >= Registers::avx512) multiply_avx512(rows, table_.stride(), count, values, products);
        else if (registers == Registers::avx2) multiply_avx2(rows, table_.stride(), count, values, products);
        else
#endif
          multiply_plain(rows, table_.stride(), count, values, products);
        for (int64_t at = 0; at < count; at++)
          if (products[at] + probes_.slack[probe] >= heights_[probe]) offer(probe, begin + at, products[at], probes_.slack[probe]);
      }
    }
  }

  void runs_of_codes(Registers registers) {
    int32_t products[kRun];
    for (int64_t begin = 0; begin < rows_; begin += kRun) {
      const int64_t count = std::min(kRun, rows_ - begin);
      const int8_t* rows = chunk_->codes + begin * table_.code_stride();
      for (int64_t probe = 0; probe < probes_.count; probe++) {
        const uint8_t* codes = probes_.codes.data() + probe * table_.code_stride();
#if LIKENESS_HAS_X86
        if (registers == Registers::vnni) multiply_vnni(rows, table_.code_stride(), count, codes, products);
        else if (registers >= Registers::avx2) multiply_avx2(rows, table_.code_stride(), count, codes, products);
        else
#endif
          multiply_plain(rows, table_.code_stride(), count, codes, products);
        float scores[kRun], widths[kRun];
        for (int64_t at = 0; at < count; at++) {
          scores[at] = score_of(probe, begin + at, products[at]);
          widths[at] = width_of(probe, begin + at);
        }
        for (int64_t at = 0; at < count; at++)
          if (scores[at] + widths[at] >= heights_[probe]) offer(probe, begin + at, scores[at], widths[at]);
      }
    }
  }

  /** p . v is told as p' . v', where p' and v' are what the codes stand for: the rest is (p - p') . v' + p . (v - v'). */
  float width_of(int64_t probe, int64_t row) const {
    const RowFacts& facts = chunk_->facts[row];
    return probes_.rest[probe] * facts.length + probes_.length[probe] * facts.rest + probes_.slack[probe];
  }
  float score_of(int64_t probe, int64_t row, int32_t product) const {
    const RowFacts& facts = chunk_->facts[row];
    return probes_.scale[probe] * facts.scale * static_cast<float>(product - kCodeOffset * facts.sum);
  }

  void offer(int64_t probe, int64_t row, float score, float width) {
    heights_[probe] = best[probe].offer({first_ + row, score - width, score + width}, heights_[probe]);
  }

#if LIKENESS_HAS_X86
  LIKENESS_AVX512 void blocks_of_floats() {
    float products[kBlockRows * kBlockProbes];
    for (int64_t begin = 0; begin < rows_; begin += kBlockRows)
      for (int64_t block = 0; block < probes_.blocks; block++) {
        const int64_t first = block * kBlockProbes;
        multiply_block(chunk_->floats + begin * table_.stride(), table_.stride(), table_.size(), probes_.packed_floats.data() + first * table_.size(), products);
        for (int64_t row = begin; row < std::min(begin + kBlockRows, rows_); row++)
          for (int64_t half = 0; half < kBlockProbes; half += 16) {
            const float* scores = products + (row - begin) * kBlockProbes + half;
            const __m512 highest = _mm512_add_ps(_mm512_loadu_ps(scores), _mm512_loadu_ps(probes_.slack.data() + first + half));
            uint32_t reached = _mm512_cmp_ps_mask(highest, _mm512_loadu_ps(heights_.data() + first + half), _CMP_GE_OQ);
            for (; reached != 0; reached &= reached - 1) {
              const int64_t lane = __builtin_ctz(reached), probe = first + half + lane;
              offer(probe, row, scores[lane], probes_.slack[probe]);
            }
          }
      }
  }

  LIKENESS_VNNI void blocks_of_codes() {
    int32_t products[kBlockRows * kBlockProbes];
    const int64_t size = up_to(table_.size(), 4);
    for (int64_t begin = 0; begin < rows_; begin += kBlockRows)
      for (int64_t block = 0; block < probes_.blocks; block++) {
        const int64_t first = block * kBlockProbes;
        multiply_block(chunk_->codes + begin * table_.code_stride(), table_.code_stride(), size, probes_.packed_codes.data() + first * size, products);
        for (int64_t row = begin; row < std::min(begin + kBlockRows, rows_); row++)
          for (int64_t half = 0; half < kBlockProbes; half += 16) offer_reached(row, first + half, products + (row - begin) * kBlockProbes + half);
      }
  }

  /** Of 16 probes from `first` on. */
  LIKENESS_VNNI void offer_reached(int64_t row, int64_t first, const int32_t* products) {
    const RowFacts& facts = chunk_->facts[row];
    const __m512i moved_back = _mm512_sub_epi32(_mm512_loadu_si512(products), _mm512_set1_epi32(kCodeOffset * facts.sum));
    const __m512 score = _mm512_mul_ps(_mm512_mul_ps(_mm512_loadu_ps(probes_.scale.data() + first), _mm512_set1_ps(facts.scale)), _mm512_cvtepi32_ps(moved_back));
    __m512 width = _mm512_fmadd_ps(_mm512_loadu_ps(probes_.rest.data() + first), _mm512_set1_ps(facts.length), _mm512_loadu_ps(probes_.slack.data() + first));
    width = _mm512_fmadd_ps(_mm512_loadu_ps(probes_.length.data() + first), _mm512_set1_ps(facts.rest), width);
    uint32_t reached = _mm512_cmp_ps_mask(_mm512_add_ps(score, width), _mm512_loadu_ps(heights_.data() + first), _CMP_GE_OQ);
    for (; reached != 0; reached &= reached - 1) {
      const int64_t lane = __builtin_ctz(reached);
      offer(first + lane, row, score_of(first + lane, row, products[lane]), width_of(first + lane, row));
    }
  }
#endif

  const Table& table_;
  const Probes& probes_;
  std::vector<Bar>& bars_;
  const Chunk* chunk_ = nullptr;
  int64_t first_ = 0, rows_ = 0;
  /** What an upper bound must reach, by probe; infinite beyond the last. */
  std::vector<float> heights_;
};

/** Of the candidates of one probe, the `limit` best by their exact scores; of equal scores the earlier row. */
inline std::vector<Match> rank(const Table& table, const float* probe, std::vector<Candidate>& candidates, int64_t limit) {
  const int64_t wanted = std::min<int64_t>(limit, candidates.size());
  if (wanted == 0) return {};
  std::nth_element(candidates.begin(), candidates.begin() + (wanted - 1), candidates.end(), [](const auto& a, const auto& b) { return a.lower > b.lower; });
  const float height = candidates[wanted - 1].lower;
  std::vector<Match> matches;
  for (const Candidate& candidate : candidates)
    if (candidate.upper >= height) matches.push_back({candidate.row, exact_product(table.row(candidate.row), probe, table.size())});
  std::partial_sort(matches.begin(), matches.begin() + wanted, matches.end(), [](const auto& a, const auto& b) { return a.score != b.score ? a.score > b.score : a.row < b.row; });
  matches.resize(wanted);
  return matches;
}

/** The `limit` best rows of each probe, best first. */
inline std::vector<std::vector<Match>> search(const Table& table, const Probes& probes, int64_t limit, Precision precision) {
  std::vector<Bar> bars(probes.count);
  std::vector<std::unique_ptr<ChunkScan>> scans(table.chunks());
  in_pieces(table.chunks(), 1, [&](int64_t index, int64_t, int64_t) {
    scans[index] = std::make_unique<ChunkScan>(table, probes, bars, limit);
    scans[index]->run(index, precision);
  });
  std::vector<std::vector<Match>> found;
  for (int64_t probe = 0; probe < probes.count; probe++) {
    std::vector<Candidate> candidates;
    for (const auto& scan : scans) candidates.insert(candidates.end(), scan->best[probe].candidates.begin(), scan->best[probe].candidates.end());
    found.push_back(rank(table, probes.floats.data() + probe * table.stride(), candidates, limit));
  }
  return found;
}

}  // namespace likeness
