#include "SequencePlan.h"

int64_t rondo_plan_size(int64_t batch_size, int64_t step_count) {
  return step_count + 1 + batch_size + batch_size * step_count;
}

int64_t rondo_plan_row_count(int64_t step_count, const int64_t *plan) { return plan[step_count]; }

void rondo_make_plan(
    int64_t batch_size, int64_t step_count, const int64_t *lengths, bool is_reversed,
    int64_t *plan) {
  int64_t *first = plan;
  int64_t *order = first + step_count + 1;
  int64_t *position = order + batch_size;
  const auto length = [&](int64_t row) { return lengths ? lengths[row] : step_count; };

  for (int64_t row = 0; row < batch_size; ++row) order[row] = row;
  std::sort(order, order + batch_size, [&](int64_t a, int64_t b) {
    return length(a) != length(b) ? length(a) > length(b) : a < b;
  });

  // At first `first[s]` counts the rows whose last step is s, then those active at step s.
  std::fill(first, first + step_count + 1, int64_t(0));
  for (int64_t row = 0; row < batch_size; ++row)
    if (length(row) > 0) ++first[length(row) - 1];
  for (int64_t step = step_count - 1; step > 0; --step) first[step - 1] += first[step];

  int64_t packed = 0;
  for (int64_t step = 0; step < step_count; ++step) {
    const int64_t activeCount = first[step];
    first[step] = packed;
    for (int64_t slot = 0; slot < activeCount; ++slot) {
      const int64_t row = order[slot];
      const int64_t time = is_reversed ? length(row) - 1 - step : step;
      position[packed++] = row * step_count + time;
    }
  }
  first[step_count] = packed;
}

namespace rondo {

namespace {

/// Floats below which copying on one thread is faster than waking another.
constexpr Index parallelThreshold = 1 << 17;

template <class Body>
void forEachRow(Index rowCount, Index width, const rondo_workers &workers, const Body &body) {
  rondo_workers used = workers;
  if (rowCount * width < parallelThreshold) used.count = 1;
  auto work = [&](Index worker) {
    const Share share(rowCount, 1, worker, used.count);
    for (Index row = share.first; row < share.end; ++row) body(row);
  };
  forEachWorker(used, work);
}

}  // namespace

const float *packedRows(
    const SequencePlan &plan, Index first, Index count, const float *padded, Index width,
    float *copy, const rondo_workers &workers) {
  const Index *position = plan.position + first;
  if (plan.isIdentity()) return padded + first * width;
  forEachRow(count, width, workers, [&](Index row) {
    std::memcpy(copy + row * width, padded + position[row] * width, size_t(width) * sizeof(float));
  });
  return copy;
}

void unpackRows(
    const SequencePlan &plan, Index first, Index count, const float *packed, Index width,
    float *padded, const rondo_workers &workers) {
  const Index *position = plan.position + first;
  forEachRow(count, width, workers, [&](Index row) {
    std::memcpy(
        padded + position[row] * width, packed + row * width, size_t(width) * sizeof(float));
  });
}

void clearPadding(const SequencePlan &plan, Index width, float *padded) {
  if (plan.isFull()) return;
  for (Index slot = 0; slot < plan.batchSize; ++slot) {
    const Index length = plan.length(slot);
    float *row = padded + plan.order[slot] * plan.stepCount * width;
    std::fill(row + length * width, row + plan.stepCount * width, 0.0f);
  }
}

}  // namespace rondo
