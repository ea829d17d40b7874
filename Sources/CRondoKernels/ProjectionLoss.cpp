#ifndef RONDO_LANES

// A projection to a vocabulary, softmax and cross entropy in one pass over chunks of rows.
//
//     l = W x + b    p = softmax l    y = (1 - ε) onehot(target) + ε / V
//     loss = - Σ y log p              dloss / dl = p - y
//
// The gradient of a chunk of logits takes their place and goes into its products at once, so that
// neither the logits nor their gradients of all rows ever exist together.

#include "InstructionSet.h"

#include <limits>

// MARK: - Reference

/// One row after another; `scratch` holds the logits of one row, `[V]`.
void rondo_compute_projection_loss_reference(
    const rondo_projection_loss *loss, float *scratch, const rondo_workers *) {
  const int64_t H = loss->hidden_size, V = loss->vocabulary_size;
  const auto clear = [](float *target, int64_t count) {
    if (target) std::fill(target, target + count, 0.0f);
  };
  clear(loss->x_gradient, loss->row_count * H);
  clear(loss->weight_gradient, V * H);
  clear(loss->bias_gradient, V);
  for (int64_t row = 0; row < loss->row_count; ++row) {
    const float *x = loss->x + row * H;
    const int64_t target = loss->targets[row];
    loss->losses[row] = 0;
    if (target == loss->ignored) continue;
    float highest = -std::numeric_limits<float>::infinity(), norm = 0;
    for (int64_t j = 0; j < V; ++j) {
      scratch[j] = loss->bias ? loss->bias[j] : 0;
      for (int64_t k = 0; k < H; ++k) scratch[j] += loss->weight[j * H + k] * x[k];
      highest = std::max(highest, scratch[j]);
    }
    for (int64_t j = 0; j < V; ++j) norm += std::exp(scratch[j] - highest);
    for (int64_t j = 0; j < V; ++j) {
      const float logProbability = scratch[j] - highest - std::log(norm);
      const float wanted =
          (j == target ? 1 - loss->smoothing : 0) + loss->smoothing / float(V);
      loss->losses[row] -= wanted * logProbability;
      const float gradient = (std::exp(logProbability) - wanted) * loss->scale;
      for (int64_t k = 0; k < H; ++k) {
        if (loss->x_gradient) loss->x_gradient[row * H + k] += gradient * loss->weight[j * H + k];
        if (loss->weight_gradient) loss->weight_gradient[j * H + k] += gradient * x[k];
      }
      if (loss->bias_gradient) loss->bias_gradient[j] += gradient;
    }
  }
}

// MARK: - Fast

namespace rondo {
namespace {

/// Rows of a chunk: enough for a deep product, few enough for their logits to stay in the cache.
Index chunkRowCount(const rondo_projection_loss &loss) {
  const Index fitting = 3'000'000 / std::max<Index>(1, loss.vocabulary_size);
  return std::min(loss.row_count, std::clamp(fitting, Index(128), Index(512)));
}

struct LossScratch {
  float *logits, *product;
  Index size;

  LossScratch(const rondo_projection_loss &loss, Index workerCount, float *memory) {
    const Index H = loss.hidden_size, V = loss.vocabulary_size, rowCount = chunkRowCount(loss);
    Arena arena(memory);
    logits = arena.take(rowCount * V);
    product = arena.take(
        rondo_product_scratch(std::max(H, V), std::max({H, V, rowCount}), workerCount));
    size = arena.size();
  }
};

}  // namespace
}  // namespace rondo

int64_t rondo_projection_loss_scratch(const rondo_projection_loss *loss, int64_t worker_count) {
  return rondo::LossScratch(*loss, worker_count, nullptr).size;
}

#define RONDO_KERNEL "ProjectionLoss.cpp"
#include "EachInstructionSet.h"

void rondo_compute_projection_loss(
    const rondo_projection_loss *loss, float *scratch, const rondo_workers *workers) {
  RONDO_BEST(computeLoss)(*loss, scratch, *workers);
}

void rondo_add_columns(
    const float *rows, int64_t row_count, int64_t column_count, float *sums,
    const rondo_workers *workers) {
  RONDO_BEST(addColumns)(rows, row_count, column_count, sums, *workers);
}

#else

#include "Vector.h"

#include "Columns.h"

/// The loss of one row; its gradient takes the place of the logits.
float undoRow(const rondo_projection_loss &loss, Index target, float *logits) {
  const Index V = loss.vocabulary_size;
  if (target == loss.ignored) {
    std::fill(logits, logits + V, 0.0f);
    return 0;
  }
  Vector highs = filled(-std::numeric_limits<float>::infinity()), totals = {}, norms = {};
  Index j = 0;
  for (; j + laneCount <= V; j += laneCount) highs = larger(load(logits + j), highs);
  float highest = largest(highs);
  for (; j < V; ++j) highest = std::max(highest, logits[j]);

  const float targetLogit = logits[target];
  for (j = 0; j < V; j += laneCount) {
    const Index count = V - j;
    const Vector logit = load(logits + j, count);
    totals += logit;
    store(logits + j, exponential(logit - filled(highest)), count);
    norms += load(logits + j, count);  // lanes beyond the row are zero
  }
  const float norm = sum(norms), logNorm = highest + std::log(norm);
  const float spread = loss.smoothing / float(V);
  const Vector factor = filled(loss.scale / norm), evenly = filled(spread * loss.scale);
  for (j = 0; j < V; j += laneCount) {
    const Index count = V - j;
    store(logits + j, multiplyAdd(load(logits + j, count), factor, -evenly), count);
  }
  logits[target] -= (1 - loss.smoothing) * loss.scale;
  return (1 - loss.smoothing) * (logNorm - targetLogit)
         + loss.smoothing * (logNorm - sum(totals) / float(V));
}

/// Multiplies the gradients of a chunk of logits, `[rows, V]`, into the gradients that are wanted.
void addGradients(
    const rondo_projection_loss &loss, Index first, Index rowCount, const LossScratch &scratch,
    const rondo_workers &workers) {
  const Index H = loss.hidden_size, V = loss.vocabulary_size;
  if (loss.x_gradient) {
    const rondo_product product = {
        .row_count = rowCount,
        .column_count = H,
        .depth = V,
        .a = {scratch.logits, V, 1},
        .b = {loss.weight, H, 1},
        .bias = nullptr,
        .c = loss.x_gradient + first * H,
        .c_stride = H,
        .accumulates = false};
    rondo_multiply(&product, scratch.product, &workers);
  }
  if (loss.weight_gradient) {
    const rondo_product product = {
        .row_count = V,
        .column_count = H,
        .depth = rowCount,
        .a = {scratch.logits, 1, V},
        .b = {loss.x + first * H, H, 1},
        .bias = nullptr,
        .c = loss.weight_gradient,
        .c_stride = H,
        .accumulates = first > 0};
    rondo_multiply(&product, scratch.product, &workers);
  }
  if (loss.bias_gradient) addColumns(scratch.logits, rowCount, V, loss.bias_gradient, workers);
}

void computeLoss(
    const rondo_projection_loss &loss, float *memory, const rondo_workers &workers) {
  const Index H = loss.hidden_size, V = loss.vocabulary_size;
  const LossScratch scratch(loss, workers.count, memory);
  if (loss.bias_gradient) std::fill(loss.bias_gradient, loss.bias_gradient + V, 0.0f);
  const Index chunk = chunkRowCount(loss);
  for (Index first = 0; first < loss.row_count; first += chunk) {
    const Index rowCount = std::min(chunk, loss.row_count - first);
    const rondo_product projection = {
        .row_count = rowCount,
        .column_count = V,
        .depth = H,
        .a = {loss.x + first * H, H, 1},
        .b = {loss.weight, 1, H},
        .bias = loss.bias,
        .c = scratch.logits,
        .c_stride = V,
        .accumulates = false};
    rondo_multiply(&projection, scratch.product, &workers);
    rondo_workers used = workers;
    if (rowCount * V < 40'000) used.count = 1;
    auto work = [&](Index worker) {
      const Share share(rowCount, 1, worker, used.count);
      for (Index row = share.first; row < share.end; ++row)
        loss.losses[first + row] =
            undoRow(loss, loss.targets[first + row], scratch.logits + row * V);
    };
    forEachWorker(used, work);
    addGradients(loss, first, rowCount, scratch, workers);
  }
}

#endif
