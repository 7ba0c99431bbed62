// The gallery in memory and the search in it, as a Node addon. It needs nothing of TensorFlow's.

#include <node_api.h>

#include <exception>
#include <string>

#include "search.h"

namespace {

using namespace likeness;

/** What a call was given; throws in C++ what `guarded` turns into an error of JavaScript. */
class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info) : env_(env) {
    size_t count = kMost;
    napi_get_cb_info(env, info, &count, values_, nullptr, nullptr);
  }
  Table& table() const {
    void* data = nullptr;
    if (napi_get_value_external(env_, values_[0], &data) != napi_ok || data == nullptr) throw std::invalid_argument("A table is wanted.");
    return **static_cast<std::unique_ptr<Table>*>(data);
  }
  int64_t integer(int index) const {
    int64_t value = 0;
    if (napi_get_value_int64(env_, values_[index], &value) != napi_ok) throw std::invalid_argument("A number is wanted.");
    return value;
  }
  /** Floats, a multiple of `size` of them; gives how many multiples. */
  std::pair<const float*, int64_t> floats(int index, int64_t size) const {
    napi_typedarray_type type;
    size_t length = 0;
    void* data = nullptr;
    if (napi_get_typedarray_info(env_, values_[index], &type, &length, &data, nullptr, nullptr) != napi_ok || type != napi_float32_array || length % size != 0)
      throw std::invalid_argument("A Float32Array of " + std::to_string(size) + " numbers a row is wanted.");
    return {static_cast<const float*>(data), static_cast<int64_t>(length) / size};
  }
  int64_t row() const {
    const int64_t row = integer(1);
    if (row < 0 || row >= table().rows()) throw std::invalid_argument("There is no row " + std::to_string(row) + ".");
    return row;
  }

 private:
  static constexpr size_t kMost = 4;
  napi_env env_;
  napi_value values_[kMost] = {};
};

template <napi_value (*work)(napi_env, const Arguments&)>
napi_value guarded(napi_env env, napi_callback_info info) {
  try {
    return work(env, Arguments(env, info));
  } catch (const std::bad_alloc&) {
    napi_throw_error(env, nullptr, "There is not enough memory for the gallery.");
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return nullptr;
}

napi_value number(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

napi_value create(napi_env env, const Arguments& given) {
  const int64_t size = given.integer(0);
  // Products of codes must fit 32 bits.
  if (size < 1 || size > 65'000) throw std::invalid_argument("Templates have 1 to 65,000 numbers.");
  auto* table = new std::unique_ptr<Table>(std::make_unique<Table>(size));
  napi_value result;
  napi_create_external(env, table, [](napi_env, void* data, void*) { delete static_cast<std::unique_ptr<Table>*>(data); }, nullptr, &result);
  return result;
}

napi_value append(napi_env env, const Arguments& given) {
  Table& table = given.table();
  const auto [values, count] = given.floats(1, table.size());
  for (int64_t row = 0; row < count; row++) table.append(values + row * table.size());
  return number(env, static_cast<double>(table.rows()));
}

napi_value put(napi_env, const Arguments& given) {
  Table& table = given.table();
  const auto [values, count] = given.floats(2, table.size());
  if (count != 1) throw std::invalid_argument("One row is wanted.");
  table.put(given.row(), values);
  return nullptr;
}

napi_value remove(napi_env, const Arguments& given) {
  given.table().remove(given.row());
  return nullptr;
}

napi_value clear(napi_env, const Arguments& given) {
  Table& table = given.table();
  table = Table(table.size());
  return nullptr;
}

napi_value bytes(napi_env env, const Arguments& given) { return number(env, static_cast<double>(given.table().bytes())); }

/** (table, probes, limit, 0 for float32 or 1 for int8): for each probe `limit` rows (-1: none) and then `limit` scores. */
napi_value search_rows(napi_env env, const Arguments& given) {
  Table& table = given.table();
  const auto [values, count] = given.floats(1, table.size());
  const int64_t limit = given.integer(2);
  if (limit < 1) throw std::invalid_argument("At least one candidate must be asked for.");
  const auto found = search(table, Probes(table, values, count), limit, given.integer(3) == 1 ? Precision::int8 : Precision::float32);
  void* data = nullptr;
  napi_value buffer, result;
  const size_t length = static_cast<size_t>(2 * limit * count);
  napi_create_arraybuffer(env, length * sizeof(double), &data, &buffer);
  auto* numbers = static_cast<double*>(data);
  std::fill(numbers, numbers + length, -1.0);
  for (int64_t probe = 0; probe < count; probe++)
    for (size_t rank = 0; rank < found[probe].size(); rank++) {
      numbers[2 * probe * limit + rank] = static_cast<double>(found[probe][rank].row);
      numbers[(2 * probe + 1) * limit + rank] = found[probe][rank].score;
    }
  napi_create_typedarray(env, napi_float64_array, length, buffer, 0, &result);
  return result;
}

const char* registers_name() {
  switch (registers_here()) {
    case Registers::vnni: return "AVX-512 VNNI";
    case Registers::avx512: return "AVX-512";
    case Registers::avx2: return "AVX2";
    default: return "plain";
  }
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_attributes fixed = napi_enumerable;
  napi_value registers;
  napi_create_string_utf8(env, registers_name(), NAPI_AUTO_LENGTH, &registers);
  const napi_property_descriptor properties[] = {
      {"registers", nullptr, nullptr, nullptr, nullptr, registers, fixed, nullptr},
      {"create", nullptr, guarded<create>, nullptr, nullptr, nullptr, fixed, nullptr},
      {"append", nullptr, guarded<append>, nullptr, nullptr, nullptr, fixed, nullptr},
      {"put", nullptr, guarded<put>, nullptr, nullptr, nullptr, fixed, nullptr},
      {"remove", nullptr, guarded<remove>, nullptr, nullptr, nullptr, fixed, nullptr},
      {"clear", nullptr, guarded<clear>, nullptr, nullptr, nullptr, fixed, nullptr},
      {"bytes", nullptr, guarded<bytes>, nullptr, nullptr, nullptr, fixed, nullptr},
      {"search", nullptr, guarded<search_rows>, nullptr, nullptr, nullptr, fixed, nullptr},
  };
  napi_define_properties(env, exports, std::size(properties), properties);
  return exports;
}
