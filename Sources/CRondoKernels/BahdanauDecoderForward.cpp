#ifndef RONDO_LANES

// A whole teacher-forced decoder with additive attention in one pass over its steps.
//
// - Source: Bahdanau, Cho and Bengio, Neural Machine Translation by Jointly Learning to Align and
//   Translate, 2015; here with the query from the previous state and PyTorch's GRU.

#include "BahdanauDecoder.h"

#include <limits>

int64_t rondo_decoder_trace(const rondo_decoder *decoder) {
  return rondo::DecoderTrace(*decoder, nullptr).size;
}

// MARK: - Reference

namespace rondo {
namespace {

/// Σₖ matrix[row, first + k] vector[k]
float product(
    const float *matrix, Index stride, Index row, Index first, const float *vector, Index depth) {
  float sum = 0;
  for (Index k = 0; k < depth; ++k) sum += matrix[row * stride + first + k] * vector[k];
  return sum;
}

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

}  // namespace
}  // namespace rondo

void rondo_decoder_forward_reference(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_results *results, float *, const rondo_workers *workers) {
  using namespace rondo;
  const Index B = decoder->batch_size, T = decoder->step_count, S = decoder->source_count;
  const Index E = decoder->input_size, H = decoder->hidden_size;
  const Index A = decoder->attention_size, K = decoder->value_size;
  const rondo_recurrence_weights &weights = inputs->weights;
  const rondo_attention one = {1, S, A, K};
  const SequencePlan steps(plan, B, T);
  const DecoderTrace trace(*decoder, results->trace);
  std::memcpy(trace.states, inputs->initial_hidden, size_t(B * H) * sizeof(float));
  for (Index t = 0; t < T; ++t)
    for (Index b = 0; b < B; ++b) {
      const Index row = b * T + t, packed = steps.first[t] + b;
      const float *h = trace.states + (RecurrenceTrace::keptRow(steps, t) + b) * H;
      float *next = trace.states + (RecurrenceTrace::keptRow(steps, t + 1) + b) * H;
      const float *x = inputs->embedded + row * E;
      float *query = trace.queries + packed * A, *context = trace.contexts + packed * K;
      for (Index j = 0; j < A; ++j) query[j] = product(inputs->query_weight, H, j, 0, h, H);
      const rondo_attention_inputs memory = {
          query, inputs->keys + b * S * A, inputs->energy, inputs->values + b * S * K,
          inputs->visible ? inputs->visible + b * S : nullptr};
      rondo_attention_forward_reference(
          &one, &memory, context, results->weights + row * S, workers);
      std::memcpy(results->contexts + row * K, context, size_t(K) * sizeof(float));
      float *gates = trace.gates + packed * 4 * H;
      for (Index u = 0; u < H; ++u) {
        const auto input = [&](Index gate) {
          return product(weights.input, E + K, gate * H + u, 0, x, E)
                 + product(weights.input, E + K, gate * H + u, E, context, K)
                 + weights.input_bias[gate * H + u];
        };
        const auto hidden = [&](Index gate) {
          return product(weights.hidden, H, gate * H + u, 0, h, H)
                 + weights.hidden_bias[gate * H + u];
        };
        const float r = sigmoid(input(0) + hidden(0)), z = sigmoid(input(1) + hidden(1));
        const float recurrent = hidden(2), n = std::tanh(input(2) + r * recurrent);
        next[u] = results->states[row * H + u] = (1 - z) * n + z * h[u];
        gates[u] = r, gates[H + u] = z, gates[2 * H + u] = n, gates[3 * H + u] = recurrent;
      }
    }
}

// MARK: - Fast

namespace rondo {
namespace {

struct DecoderForwardScratch {
  /// What the embeddings of a chunk add to the gates, `[rows, 3 H]`, and those embeddings.
  float *projected, *embedded;
  /// W_q, U, and the columns of W that meet the embedding and the context, packed.
  float *queryPanels, *hiddenPanels, *inputPanels, *contextPanels;
  Index size;

  DecoderForwardScratch(const rondo_decoder &decoder, float *memory) {
    const Index B = decoder.batch_size, H = decoder.hidden_size, E = decoder.input_size;
    const Index rowCount = std::min(B * decoder.step_count, std::max(B, Chunk::forwardRowCount));
    Arena arena(memory);
    projected = arena.take(rowCount * 3 * H);
    embedded = arena.take(rowCount * E);
    queryPanels = arena.take(packedSize(decoder.attention_size, H));
    hiddenPanels = arena.take(3 * packedSize(H, H));
    inputPanels = arena.take(packedSize(3 * H, E));
    contextPanels = arena.take(3 * packedSize(H, decoder.value_size));
    size = arena.size();
  }
};

}  // namespace
}  // namespace rondo

int64_t rondo_decoder_forward_scratch(const rondo_decoder *decoder) {
  return rondo::DecoderForwardScratch(*decoder, nullptr).size;
}

#define RONDO_KERNEL "BahdanauDecoderForward.cpp"
#include "EachInstructionSet.h"

void rondo_decoder_forward(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_results *results, float *scratch, const rondo_workers *workers) {
  const rondo::SequencePlan view(plan, decoder->batch_size, decoder->step_count);
  RONDO_BEST(decode)(*decoder, view, *inputs, *results, scratch, *workers);
}

#else

#include "Vector.h"

#include "Tile.h"

#include "Cells.h"

#include "PackedWeights.h"

#include "AttentionRow.h"

/// Takes the steps of a chunk for one worker's rows.
struct DecoderRunner {
  const rondo_decoder &decoder;
  const SequencePlan &plan;
  const rondo_decoder_inputs &inputs;
  const rondo_decoder_results &results;
  const DecoderTrace &trace;
  const DecoderForwardScratch &scratch;
  const PackedWeights &queryWeights;
  const Chunk &chunk;

  void run(Share rows) const {
    if (rows.first == rows.end) return;
    for (Index s = chunk.firstStep; s < chunk.endStep; ++s) {
      ask(s, rows);
      attend(s, rows);
      step(s, rows);
    }
  }

 private:
  const float *previous(Index s) const {
    return trace.states + RecurrenceTrace::keptRow(plan, s) * decoder.hidden_size;
  }

  /// queries = W_q h
  void ask(Index s, Share rows) const {
    const Index H = decoder.hidden_size, A = decoder.attention_size;
    queryWeights.multiply(
        previous(s) + rows.first * H, rows.end - rows.first,
        trace.queries + (plan.first[s] + rows.first) * A, Share(0, A));
  }

  /// Weights and contexts, both also in packed order.
  void attend(Index s, Share rows) const {
    const Index S = decoder.source_count, K = decoder.value_size;
    const rondo_attention sizes = attentionOf(decoder);
    const rondo_attention_inputs shown = attentionInputsOf(inputs);
    for (Index row = rows.first; row < rows.end; ++row) {
      const Index packed = plan.first[s] + row, position = plan.position[packed];
      const AttentionRow memory(sizes, shown, row);
      float *weights = results.weights + position * S, *context = trace.contexts + packed * K;
      memory.weigh(trace.queries + packed * decoder.attention_size, weights);
      memory.collect(weights, context);
      std::memcpy(results.contexts + position * K, context, size_t(K) * sizeof(float));
    }
  }

  /// The GRU.
  void step(Index s, Share rows) const {
    constexpr Index G = gateCount(RONDO_GRU), kept = keptCount(RONDO_GRU);
    const Index H = decoder.hidden_size, K = decoder.value_size, packed = plan.first[s];
    Step all = {};
    all.hiddenSize = H;
    all.previous = previous(s);
    all.projected = scratch.projected + (packed - chunk.firstRow) * G * H;
    all.hiddenBias = inputs.weights.hidden_bias;
    all.context = trace.contexts + packed * K;
    all.contextSize = K;
    all.next = trace.states + RecurrenceTrace::keptRow(plan, s + 1) * H;
    all.gates = trace.gates + packed * kept * H;
    all.sequence = results.states;
    all.position = plan.position + packed;
    const Index count = rows.end - rows.first;
    const Index tileCount = (count + GRUCell::tileHeight - 1) / GRUCell::tileHeight;
    for (Index unit = 0; unit < H; unit += laneCount)
      for (Index tile = 0; tile < tileCount; ++tile) {
        const Index first = rows.first + count * tile / tileCount;
        const Index end = rows.first + count * (tile + 1) / tileCount;
        stepFunction<GRUCell>(end - first)(
            all.from(first, G, kept), unit, scratch.hiddenPanels + unit * G * H,
            scratch.contextPanels + unit * G * K);
      }
  }
};

void decode(
    const rondo_decoder &decoder, const SequencePlan &plan, const rondo_decoder_inputs &inputs,
    const rondo_decoder_results &results, float *memory, const rondo_workers &available) {
  const Index H = decoder.hidden_size, E = decoder.input_size, K = decoder.value_size;
  const rondo_workers workers = workersFor(decoder, available);
  const DecoderTrace trace(decoder, results.trace);
  const DecoderForwardScratch scratch(decoder, memory);
  const PackedWeights projection = {3 * H, E, scratch.inputPanels, inputs.weights.input_bias};
  projection.pack(inputs.weights.input, E + K);
  const PackedWeights queryWeights = {decoder.attention_size, H, scratch.queryPanels, nullptr};
  queryWeights.pack(inputs.query_weight, H);
  packGates<GRUCell>(inputs.weights.hidden, H, H, H, scratch.hiddenPanels);
  packGates<GRUCell>(inputs.weights.input + E, E + K, H, K, scratch.contextPanels);
  std::memcpy(
      trace.states, inputs.initial_hidden, size_t(decoder.batch_size * H) * sizeof(float));

  for (Index s = 0; s < plan.stepCount;) {
    const Chunk chunk = Chunk::from(plan, s);
    const float *embedded = packedRows(
        plan, chunk.firstRow, chunk.rowCount, inputs.embedded, E, scratch.embedded, available);
    projection.multiply(embedded, chunk.rowCount, scratch.projected, available);
    const DecoderRunner runner = {
        decoder, plan, inputs, results, trace, scratch, queryWeights, chunk};
    auto work = [&](Index worker) { runner.run(rowsOf(decoder, worker, workers.count)); };
    forEachWorker(workers, work);
    s = chunk.endStep;
  }
}

#endif
