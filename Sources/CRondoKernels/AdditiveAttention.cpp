#ifndef RONDO_LANES

// Additive attention (Bahdanau, Cho and Bengio, 2015): one query per row over that row's keys.
//
//     eₛ = v · tanh(q + kₛ)    w = softmax(e)    c = Σₛ wₛ valuesₛ

#include "InstructionSet.h"

#include <limits>

// MARK: - Reference

void rondo_attention_forward_reference(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, float *context,
    float *weights, const rondo_workers *) {
  const int64_t S = attention->source_count, A = attention->attention_size;
  const int64_t K = attention->value_size;
  for (int64_t b = 0; b < attention->batch_size; ++b) {
    const float *query = inputs->query + b * A;
    float *w = weights + b * S;
    float highest = -std::numeric_limits<float>::infinity(), norm = 0;
    const auto isVisible = [&](int64_t s) {
      return !inputs->visible || inputs->visible[b * S + s];
    };
    for (int64_t s = 0; s < S; ++s) {
      const float *key = inputs->keys + (b * S + s) * A;
      w[s] = 0;
      for (int64_t j = 0; j < A; ++j) w[s] += inputs->energy[j] * std::tanh(query[j] + key[j]);
      if (isVisible(s)) highest = std::max(highest, w[s]);
    }
    for (int64_t s = 0; s < S; ++s) {
      w[s] = isVisible(s) ? std::exp(w[s] - highest) : 0;
      norm += w[s];
    }
    std::fill(context + b * K, context + (b + 1) * K, 0.0f);
    for (int64_t s = 0; s < S; ++s) {
      if (isVisible(s)) w[s] /= norm;
      for (int64_t j = 0; j < K; ++j)
        context[b * K + j] += w[s] * inputs->values[(b * S + s) * K + j];
    }
  }
}

void rondo_attention_backward_reference(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, const float *weights,
    const rondo_attention_gradients *gradients, float *scratch, const rondo_workers *) {
  const int64_t B = attention->batch_size, S = attention->source_count;
  const int64_t A = attention->attention_size, K = attention->value_size;
  const auto clear = [](float *target, int64_t count) {
    if (target) std::fill(target, target + count, 0.0f);
  };
  clear(gradients->query, B * A);
  clear(gradients->keys, B * S * A);
  clear(gradients->energy, A);
  clear(gradients->values, B * S * K);
  float *dw = scratch;  // [S]
  for (int64_t b = 0; b < B; ++b) {
    float mean = 0;
    for (int64_t s = 0; s < S; ++s) {
      const float w = weights[b * S + s];
      dw[s] = gradients->weights ? gradients->weights[b * S + s] : 0;
      for (int64_t j = 0; j < K && gradients->context; ++j) {
        const float dc = gradients->context[b * K + j];
        dw[s] += dc * inputs->values[(b * S + s) * K + j];
        if (gradients->values) gradients->values[(b * S + s) * K + j] = w * dc;
      }
      mean += w * dw[s];
    }
    for (int64_t s = 0; s < S; ++s) {
      const float de = weights[b * S + s] * (dw[s] - mean);
      for (int64_t j = 0; j < A; ++j) {
        const float u = std::tanh(inputs->query[b * A + j] + inputs->keys[(b * S + s) * A + j]);
        const float du = de * inputs->energy[j] * (1 - u * u);
        if (gradients->energy) gradients->energy[j] += de * u;
        if (gradients->query) gradients->query[b * A + j] += du;
        if (gradients->keys) gradients->keys[(b * S + s) * A + j] = du;
      }
    }
  }
}

// MARK: - Fast

namespace rondo {
namespace {

/// Element comparisons below which one thread is faster than two.
constexpr Index parallelThreshold = 20'000;

rondo_workers workersFor(const rondo_attention &attention, const rondo_workers &available) {
  rondo_workers workers = available;
  const Index work = attention.batch_size * attention.source_count
                     * (attention.attention_size + attention.value_size);
  if (work < parallelThreshold) workers.count = 1;
  return workers;
}

}  // namespace
}  // namespace rondo

int64_t rondo_attention_backward_scratch(const rondo_attention *attention, int64_t worker_count) {
  // Gradients of the scores of one row for each worker, and of the energy vector for each row.
  return worker_count * rondo::aligned(attention->source_count)
         + attention->batch_size * attention->attention_size;
}

#define RONDO_KERNEL "AdditiveAttention.cpp"
#include "EachInstructionSet.h"

void rondo_attention_forward(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, float *context,
    float *weights, const rondo_workers *workers) {
  RONDO_BEST(forward)(*attention, *inputs, context, weights, *workers);
}

void rondo_attention_backward(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, const float *weights,
    const rondo_attention_gradients *gradients, float *scratch, const rondo_workers *workers) {
  RONDO_BEST(backward)(*attention, *inputs, weights, *gradients, scratch, *workers);
}

#else

#include "Vector.h"

#include "AttentionRow.h"

#include "Columns.h"

void forward(
    const rondo_attention &attention, const rondo_attention_inputs &inputs, float *context,
    float *weights, const rondo_workers &available) {
  const rondo_workers workers = workersFor(attention, available);
  auto work = [&](Index worker) {
    const Share share(attention.batch_size, 1, worker, workers.count);
    for (Index row = share.first; row < share.end; ++row) {
      const AttentionRow memory(attention, inputs, row);
      float *w = weights + row * attention.source_count;
      memory.weigh(inputs.query + row * attention.attention_size, w);
      memory.collect(w, context + row * attention.value_size);
    }
  };
  forEachWorker(workers, work);
}

void backward(
    const rondo_attention &attention, const rondo_attention_inputs &inputs, const float *weights,
    const rondo_attention_gradients &gradients, float *scratch, const rondo_workers &available) {
  const Index B = attention.batch_size, S = attention.source_count;
  const Index A = attention.attention_size, K = attention.value_size;
  const rondo_workers workers = workersFor(attention, available);
  Arena arena(scratch);
  float *scoreGradients = arena.take(workers.count * aligned(S));
  float *energyGradients = arena.take(B * A);
  const auto rowOf = [](auto *tensor, Index row, Index width) {
    return tensor ? tensor + row * width : nullptr;
  };
  const auto clear = [](float *target, Index count) {
    if (target) std::fill(target, target + count, 0.0f);
  };
  auto work = [&](Index worker) {
    float *scoreGradient = scoreGradients + worker * aligned(S);
    const Share share(B, 1, worker, workers.count);
    for (Index row = share.first; row < share.end; ++row) {
      const AttentionRow memory(attention, inputs, row);
      float *keys = rowOf(gradients.keys, row, S * A);
      float *values = rowOf(gradients.values, row, S * K);
      float *energy = gradients.energy ? energyGradients + row * A : nullptr;
      clear(keys, S * A);
      clear(values, S * K);
      clear(energy, A);
      memory.undoSoftmax(
          weights + row * S, rowOf(gradients.context, row, K), rowOf(gradients.weights, row, S),
          scoreGradient, values);
      memory.undoScores(
          inputs.query + row * A, scoreGradient, rowOf(gradients.query, row, A), keys, energy);
    }
  };
  forEachWorker(workers, work);
  // The rows' shares are added in the order of the rows, whoever computed them.
  if (!gradients.energy) return;
  clear(gradients.energy, A);
  addColumns(energyGradients, B, A, gradients.energy, workers);
}

#endif
