#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

// Compiled for several generations of processors; the best is chosen when the library is loaded.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#define LIKENESS_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LIKENESS_CLONES
#endif
/** Before a loop: what it writes at one place it does not read at another. */
#if defined(__clang__)
#define LIKENESS_APART _Pragma("clang loop vectorize(assume_safety)")
#else
#define LIKENESS_APART _Pragma("GCC ivdep")
#endif
#define LIKENESS_INLINE inline __attribute__((always_inline))

namespace likeness {

/** The threads that share the pieces of an operation. They are as many as TensorFlow's own, and sleep while there is no work. */
class Workers {
 public:
  static Workers& shared() {
    static Workers* workers = new Workers();  // Never destroyed: threads may outlive the end of main.
    return *workers;
  }

  /**
   * Calls work(0) to work(pieces - 1), on all threads, this one too, and returns when all have returned. A thread begins with its own
   * share, the same of the same pieces each time, which it then finds in its cache from the operation before; then it helps the others.
   */
  void run(int64_t pieces, const std::function<void(int64_t)>& work) {
    if (pieces <= 1 || helpers_ == 0) {
      for (int64_t piece = 0; piece < pieces; piece++) work(piece);
      return;
    }
    std::lock_guard<std::mutex> one_at_a_time(running_);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      work_ = &work;
      pieces_ = pieces;
      for (int share = 0; share <= helpers_; share++) shares_[share].next = share * pieces / (helpers_ + 1);
      busy_ = helpers_;
      round_.fetch_add(1, std::memory_order_release);
    }
    wake_.notify_all();
    take_pieces(0);
    spin_while([this] { return busy_.load(std::memory_order_acquire) > 0; });
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return busy_.load(std::memory_order_acquire) == 0; });
  }

 private:
  // So long a thread looks for work before it sleeps: the next operation of a training step, which JavaScript is on its way to ask for,
  // finds it awake. To wake a thread takes some 50 microseconds, as long as many an operation.
  static constexpr auto kSpin = std::chrono::microseconds(300);

  /** The next piece of a share that nobody has taken; a line of the cache each. */
  struct alignas(64) Share {
    std::atomic<int64_t> next{0};
  };

  Workers() {
    const char* asked = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int threads = asked != nullptr && std::atoi(asked) > 0 ? std::atoi(asked) : static_cast<int>(std::thread::hardware_concurrency());
    helpers_ = threads > 1 ? threads - 1 : 0;
    shares_ = std::vector<Share>(helpers_ + 1);
    for (int index = 0; index < helpers_; index++) std::thread([this, index] { help(index + 1); }).detach();
  }

  [[noreturn]] void help(int own_share) {
    uint64_t seen = 0;
    for (;;) {
      spin_while([this, seen] { return round_.load(std::memory_order_acquire) == seen; });
      {
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, [this, seen] { return round_.load(std::memory_order_acquire) != seen; });
        seen = round_.load(std::memory_order_acquire);
      }
      take_pieces(own_share);
      std::lock_guard<std::mutex> lock(mutex_);
      if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) done_.notify_one();
    }
  }

  void take_pieces(int own_share) {
    const int shares = helpers_ + 1;
    for (int at = 0; at < shares; at++) {
      const int share = (own_share + at) % shares;
      const int64_t end = (share + 1) * pieces_ / shares;
      for (int64_t piece = shares_[share].next.fetch_add(1); piece < end; piece = shares_[share].next.fetch_add(1)) (*work_)(piece);
    }
  }

  template <typename Condition>
  static void spin_while(const Condition& holds) {
    const auto until = std::chrono::steady_clock::now() + kSpin;
    while (holds()) {
      // Whoever waits for this very core may be the one we wait for.
      std::this_thread::yield();
      if (std::chrono::steady_clock::now() > until) return;
    }
  }

  int helpers_ = 0;
  std::mutex running_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  const std::function<void(int64_t)>* work_ = nullptr;
  int64_t pieces_ = 0;
  std::vector<Share> shares_;
  std::atomic<int> busy_{0};
  std::atomic<uint64_t> round_{0};
};

/** Splits `count` things into pieces of `size`: which belong to which does not depend on the number of threads, so sums repeat. */
inline void in_pieces(int64_t count, int64_t size, const std::function<void(int64_t piece, int64_t begin, int64_t end)>& work) {
  const int64_t pieces = (count + size - 1) / size;
  Workers::shared().run(pieces, [&](int64_t piece) {
    const int64_t begin = piece * size;
    work(piece, begin, begin + size < count ? begin + size : count);
  });
}

/** To the first of `parts` rows, `step` floats apart, adds the others in their order. */
LIKENESS_CLONES inline void add_parts(float* first, int64_t count, int64_t step, int64_t parts) {
  for (int64_t part = 1; part < parts; part++) {
    const float* other = first + part * step;
    LIKENESS_APART
    for (int64_t at = 0; at < count; at++) first[at] += other[at];
  }
}

}  // namespace likeness
