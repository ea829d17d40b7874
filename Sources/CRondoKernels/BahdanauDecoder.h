#pragma once

// What the forward and the backward pass of the decoder share.
//
//     qₜ = W_q hₜ₋₁                          query
//     cₜ, wₜ = attention of qₜ               see AdditiveAttention.cpp
//     hₜ = GRU([embeddedₜ; cₜ], hₜ₋₁)
//
// The steps of all rows are kept in packed order, as those of a recurrent layer without padding
// are: step 0 of every row, then step 1, and so on.

#include "Recurrence.h"

namespace rondo {

/// The GRU of a decoder as a recurrent layer, and its attention.
inline rondo_recurrence recurrenceOf(const rondo_decoder &decoder) {
  return {
      RONDO_GRU, decoder.batch_size, decoder.step_count, decoder.input_size, decoder.hidden_size};
}

inline rondo_attention attentionOf(const rondo_decoder &decoder) {
  return {decoder.batch_size, decoder.source_count, decoder.attention_size, decoder.value_size};
}

inline rondo_attention_inputs attentionInputsOf(const rondo_decoder_inputs &inputs) {
  return {nullptr, inputs.keys, inputs.energy, inputs.values, inputs.visible};
}

/// States and gates of the GRU, queries and contexts of every step, in packed rows.
struct DecoderTrace {
  /// `[B + N, H]`, beginning with the initial states, and `[N, 4 H]`.
  float *states, *gates;
  /// `[N, A]` and `[N, K]`
  float *queries, *contexts;
  Index size;

  DecoderTrace(const rondo_decoder &decoder, float *memory) {
    const Index B = decoder.batch_size, N = B * decoder.step_count, H = decoder.hidden_size;
    Arena arena(memory);
    states = arena.take((B + N) * H);
    gates = arena.take(N * keptCount(RONDO_GRU) * H);
    queries = arena.take(N * decoder.attention_size);
    contexts = arena.take(N * decoder.value_size);
    size = arena.size();
  }
};

/// The rows of a batch that belong to one worker, who takes them through all steps.
inline Share rowsOf(const rondo_decoder &decoder, Index worker, Index workerCount) {
  return Share(decoder.batch_size, 1, worker, workerCount);
}

/// As many workers as the work of a decoder is worth.
inline rondo_workers workersFor(const rondo_decoder &decoder, const rondo_workers &available) {
  rondo_workers workers = available;
  const Index H = decoder.hidden_size, A = decoder.attention_size, K = decoder.value_size;
  const Index workPerRow = 3 * H * (H + K) + A * H + decoder.source_count * (A * 8 + K);
  if (decoder.batch_size * decoder.step_count * workPerRow < 400'000) workers.count = 1;
  workers.count = std::max<Index>(1, std::min(workers.count, decoder.batch_size));
  return workers;
}

}  // namespace rondo
