#ifndef RONDO_LANES

// The gradients of a teacher-forced decoder with additive attention.
//
// A step is undone in the order opposite to that in which it was taken: the gates of the GRU, what
// they owe to state and context, the attention, and what its query owes to the state. The gradients
// of keys and values grow in place from step to step; those of the weights are one product for each
// chunk of steps.

#include "BahdanauDecoder.h"

#include <limits>

namespace rondo {
namespace {

struct DecoderBackwardScratch {
  /// Gradients of a chunk: of the gates `[rows, 4 H]`, of the queries `[rows, A]`, and the
  /// embeddings and their gradients in packed order `[rows, E]`.
  float *gates, *queries, *embedded, *embeddedGradient;
  /// Gradients of the state and of the context of each row of the batch, `[B, H]` and `[B, K]`.
  float *hidden, *contexts;
  /// What each row adds to the gradient of the energy vector, `[B, A]`.
  float *energies;
  /// Gradients of the scores of one row, for each worker.
  float *scores;
  /// U, W_q and the columns of W that meet the context, packed.
  float *hiddenPanels, *queryPanels, *contextPanels;
  float *biases, *product;
  Index size;

  DecoderBackwardScratch(const rondo_decoder &decoder, Index workerCount, float *memory) {
    const Index B = decoder.batch_size, H = decoder.hidden_size, E = decoder.input_size;
    const Index A = decoder.attention_size, K = decoder.value_size;
    const Index rowCount = std::min(B * decoder.step_count, std::max(B, Chunk::backwardRowCount));
    Arena arena(memory);
    gates = arena.take(rowCount * gradientCount(RONDO_GRU) * H);
    queries = arena.take(rowCount * A);
    embedded = arena.take(rowCount * E);
    embeddedGradient = arena.take(rowCount * E);
    hidden = arena.take(B * H);
    contexts = arena.take(B * K);
    energies = arena.take(B * A);
    scores = arena.take(workerCount * aligned(decoder.source_count));
    hiddenPanels = arena.take(packedSize(H, 3 * H));
    queryPanels = arena.take(packedSize(H, A));
    contextPanels = arena.take(packedSize(K, 3 * H));
    biases = arena.take(gradientCount(RONDO_GRU) * H);
    product = arena.take(rondo_product_scratch(
        std::max({E, K, H}), std::max(rowCount, 3 * H), workerCount));
    size = arena.size();
  }
};

}  // namespace
}  // namespace rondo

// MARK: - Reference

void rondo_decoder_backward_reference(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_gradients *gradients, float *memory, const rondo_workers *) {
  using namespace rondo;
  const Index B = decoder->batch_size, T = decoder->step_count, S = decoder->source_count;
  const Index E = decoder->input_size, H = decoder->hidden_size;
  const Index A = decoder->attention_size, K = decoder->value_size;
  const rondo_recurrence_weights &weights = inputs->weights;
  const SequencePlan steps(plan, B, T);
  const DecoderTrace trace(*decoder, const_cast<float *>(gradients->trace));
  const DecoderBackwardScratch scratch(*decoder, 1, memory);
  const auto clear = [](float *target, Index count) { std::fill(target, target + count, 0.0f); };
  clear(gradients->embedded, B * T * E);
  clear(gradients->keys, B * S * A);
  clear(gradients->values, B * S * K);
  clear(gradients->initial_hidden, B * H);
  clear(gradients->query_weight, A * H);
  clear(gradients->energy, A);
  clear(gradients->input_weight, 3 * H * (E + K));
  clear(gradients->hidden_weight, 3 * H * H);
  clear(gradients->input_bias, 3 * H);
  clear(gradients->hidden_bias, 3 * H);

  for (Index t = T - 1; t >= 0; --t)
    for (Index b = 0; b < B; ++b) {
      const Index row = b * T + t, packed = steps.first[t] + b;
      const float *h = trace.states + (RecurrenceTrace::keptRow(steps, t) + b) * H;
      const float *gates = trace.gates + packed * 4 * H;
      const float *x = inputs->embedded + row * E, *context = trace.contexts + packed * K;
      float *dh = gradients->initial_hidden + b * H, *dgates = scratch.gates;
      float *dcontext = scratch.contexts, *dx = gradients->embedded + row * E;
      const auto given = [](const float *gradient, Index index) {
        return gradient ? gradient[index] : 0;
      };

      // The gates, in the order m, r, z, n.
      for (Index u = 0; u < H; ++u) {
        const float r = gates[u], z = gates[H + u], n = gates[2 * H + u];
        const float incoming = dh[u] + given(gradients->states_gradient, row * H + u);
        const float dn = incoming * (1 - z) * (1 - n * n);
        dgates[u] = dn * r;
        dgates[H + u] = dn * gates[3 * H + u] * r * (1 - r);
        dgates[2 * H + u] = incoming * (h[u] - n) * z * (1 - z);
        dgates[3 * H + u] = dn;
        dh[u] = incoming * z;
      }
      for (Index k = 0; k < K; ++k) dcontext[k] = given(gradients->contexts_gradient, row * K + k);
      for (Index gate = 0; gate < 3; ++gate)
        for (Index u = 0; u < H; ++u) {
          const Index unit = gate * H + u;
          const float ofInput = dgates[(inputGradient(RONDO_GRU) + gate) * H + u];
          const float ofHidden = dgates[hiddenGradient(RONDO_GRU, gate) * H + u];
          const float *w = weights.input + unit * (E + K);
          float *dw = gradients->input_weight + unit * (E + K);
          for (Index e = 0; e < E; ++e) dw[e] += ofInput * x[e], dx[e] += ofInput * w[e];
          for (Index k = 0; k < K; ++k) {
            dw[E + k] += ofInput * context[k];
            dcontext[k] += ofInput * w[E + k];
          }
          for (Index k = 0; k < H; ++k) {
            gradients->hidden_weight[unit * H + k] += ofHidden * h[k];
            dh[k] += ofHidden * weights.hidden[unit * H + k];
          }
          gradients->input_bias[unit] += ofInput;
          gradients->hidden_bias[unit] += ofHidden;
        }

      // The attention.
      const float *w = gradients->weights + row * S, *query = trace.queries + packed * A;
      float *dw = scratch.scores, mean = 0;
      for (Index s = 0; s < S; ++s) {
        dw[s] = given(gradients->weights_gradient, row * S + s);
        for (Index k = 0; k < K; ++k) {
          dw[s] += dcontext[k] * inputs->values[(b * S + s) * K + k];
          gradients->values[(b * S + s) * K + k] += w[s] * dcontext[k];
        }
        mean += w[s] * dw[s];
      }
      for (Index j = 0; j < A; ++j) {
        float dquery = 0;
        for (Index s = 0; s < S; ++s) {
          const float dscore = w[s] * (dw[s] - mean);
          const float u = std::tanh(query[j] + inputs->keys[(b * S + s) * A + j]);
          const float du = dscore * inputs->energy[j] * (1 - u * u);
          gradients->energy[j] += dscore * u;
          gradients->keys[(b * S + s) * A + j] += du;
          dquery += du;
        }
        for (Index k = 0; k < H; ++k) {
          gradients->query_weight[j * H + k] += dquery * h[k];
          dh[k] += dquery * inputs->query_weight[j * H + k];
        }
      }
    }
}

// MARK: - Fast

int64_t rondo_decoder_backward_scratch(const rondo_decoder *decoder, int64_t worker_count) {
  return rondo::DecoderBackwardScratch(*decoder, worker_count, nullptr).size;
}

#define RONDO_KERNEL "BahdanauDecoderBackward.cpp"
#include "EachInstructionSet.h"

void rondo_decoder_backward(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_gradients *gradients, float *scratch, const rondo_workers *workers) {
  const rondo::SequencePlan view(plan, decoder->batch_size, decoder->step_count);
  RONDO_BEST(undoDecoder)(*decoder, view, *inputs, *gradients, scratch, *workers);
}

#else

#include "Vector.h"

#include "Tile.h"

#include "Cells.h"

#include "Columns.h"

#include "GateGradients.h"

#include "AttentionRow.h"

/// Undoes the steps of a chunk for one worker's rows.
struct DecoderUndoer {
  const rondo_decoder &decoder;
  const SequencePlan &plan;
  const rondo_decoder_inputs &inputs;
  const rondo_decoder_gradients &gradients;
  const DecoderTrace &trace;
  const DecoderBackwardScratch &scratch;
  const Chunk &chunk;

  void run(Index worker, Share rows) const {
    if (rows.first == rows.end) return;
    const Index H = decoder.hidden_size, A = decoder.attention_size, K = decoder.value_size;
    constexpr Index D = gradientCount(RONDO_GRU);
    for (Index s = chunk.endStep - 1; s >= chunk.firstStep; --s) {
      const Index packed = plan.first[s] - chunk.firstRow;
      const float *gates = scratch.gates + packed * D * H;
      undoGates(s, rows);
      addProduct(rows, gates, D * H, 3 * H, scratch.hiddenPanels, scratch.hidden, H);
      readContextGradients(s, rows);
      addProduct(
          rows, gates + inputGradient(RONDO_GRU) * H, D * H, 3 * H, scratch.contextPanels,
          scratch.contexts, K);
      undoAttention(s, worker, rows);
      addProduct(rows, scratch.queries + packed * A, A, A, scratch.queryPanels, scratch.hidden, H);
    }
  }

 private:
  void undoGates(Index s, Share rows) const {
    constexpr Index D = gradientCount(RONDO_GRU), kept = keptCount(RONDO_GRU);
    const Index H = decoder.hidden_size, packed = plan.first[s];
    const StepGradient step = {
        .hiddenSize = H,
        .previous = trace.states + RecurrenceTrace::keptRow(plan, s) * H,
        .next = nullptr,
        .previousCell = nullptr,
        .nextCell = nullptr,
        .gates = trace.gates + packed * kept * H,
        .sequenceGradient = gradients.states_gradient,
        .position = plan.position + packed,
        .hiddenGradient = scratch.hidden,
        .cellGradient = nullptr,
        .gateGradient = scratch.gates + (packed - chunk.firstRow) * D * H};
    for (Index row = rows.first; row < rows.end; ++row)
      for (Index unit = 0; unit < H; unit += laneCount) GRUCell::backward(step, row, unit);
  }

  /// target += source panels, for the given rows of the batch.
  void addProduct(
      Share rows, const float *source, Index stride, Index depth, const float *panels,
      float *target, Index width) const {
    multiplyPanels(
        {.depth = depth,
         .a = source + rows.first * stride,
         .rowStride = stride,
         .depthStride = 1,
         .panel = panels,
         .c = target + rows.first * width,
         .cStride = width,
         .columnCount = 0,
         .accumulates = true,
         .bias = nullptr},
        rows.end - rows.first, width);
  }

  /// Begins the gradient of the contexts with that of the results.
  void readContextGradients(Index s, Share rows) const {
    const Index K = decoder.value_size;
    for (Index row = rows.first; row < rows.end; ++row) {
      float *target = scratch.contexts + row * K;
      if (!gradients.contexts_gradient)
        std::fill(target, target + K, 0.0f);
      else
        std::memcpy(
            target, gradients.contexts_gradient + plan.position[plan.first[s] + row] * K,
            size_t(K) * sizeof(float));
    }
  }

  void undoAttention(Index s, Index worker, Share rows) const {
    const Index S = decoder.source_count, A = decoder.attention_size, K = decoder.value_size;
    const rondo_attention sizes = attentionOf(decoder);
    const rondo_attention_inputs shown = attentionInputsOf(inputs);
    float *scores = scratch.scores + worker * aligned(S);
    for (Index row = rows.first; row < rows.end; ++row) {
      const Index packed = plan.first[s] + row, position = plan.position[packed];
      const AttentionRow memory(sizes, shown, row);
      const float *ofWeights =
          gradients.weights_gradient ? gradients.weights_gradient + position * S : nullptr;
      memory.undoSoftmax(
          gradients.weights + position * S, scratch.contexts + row * K, ofWeights, scores,
          gradients.values + row * S * K);
      memory.undoScores(
          trace.queries + packed * A, scores, scratch.queries + (packed - chunk.firstRow) * A,
          gradients.keys + row * S * A, scratch.energies + row * A);
    }
  }
};

/// What a chunk adds to the gradients of the weights, and the gradients of its embeddings.
void addWeightGradients(
    const rondo_decoder &decoder, const SequencePlan &plan, const rondo_decoder_inputs &inputs,
    const rondo_decoder_gradients &gradients, const DecoderTrace &trace,
    const DecoderBackwardScratch &scratch, const Chunk &chunk, bool accumulates,
    const rondo_workers &workers) {
  const Index H = decoder.hidden_size, E = decoder.input_size;
  const Index A = decoder.attention_size, K = decoder.value_size;
  const GateGradients<GRUCell> gates = {
      .rows = scratch.gates,
      .rowCount = chunk.rowCount,
      .hiddenSize = H,
      .productScratch = scratch.product,
      .workers = workers,
      .accumulates = accumulates};
  const float *embedded = packedRows(
      plan, chunk.firstRow, chunk.rowCount, inputs.embedded, E, scratch.embedded, workers);
  const float *previous = trace.states + chunk.firstRow * H;
  gates.ofInputWeights(embedded, E, gradients.input_weight, E + K);
  gates.ofInputWeights(
      trace.contexts + chunk.firstRow * K, K, gradients.input_weight + E, E + K);
  gates.ofHiddenWeights(previous, gradients.hidden_weight);
  gates.addBiases(scratch.biases);
  gates.ofInputs(inputs.weights.input, E, E + K, scratch.embeddedGradient);
  unpackRows(
      plan, chunk.firstRow, chunk.rowCount, scratch.embeddedGradient, E, gradients.embedded,
      workers);
  const rondo_product ofQueryWeight = {
      .row_count = A,
      .column_count = H,
      .depth = chunk.rowCount,
      .a = {scratch.queries, 1, A},
      .b = {previous, H, 1},
      .bias = nullptr,
      .c = gradients.query_weight,
      .c_stride = H,
      .accumulates = accumulates};
  rondo_multiply(&ofQueryWeight, scratch.product, &workers);
}

void undoDecoder(
    const rondo_decoder &decoder, const SequencePlan &plan, const rondo_decoder_inputs &inputs,
    const rondo_decoder_gradients &gradients, float *memory, const rondo_workers &available) {
  const Index B = decoder.batch_size, S = decoder.source_count, H = decoder.hidden_size;
  const Index E = decoder.input_size, A = decoder.attention_size, K = decoder.value_size;
  const rondo_workers workers = workersFor(decoder, available);
  const DecoderTrace trace(decoder, const_cast<float *>(gradients.trace));
  const DecoderBackwardScratch scratch(decoder, available.count, memory);
  packGateRows<GRUCell>(inputs.weights.hidden, H, H, scratch.hiddenPanels);
  packPanels(inputs.query_weight, H, 1, H, A, scratch.queryPanels);
  packPanels(inputs.weights.input + E, E + K, 1, K, 3 * H, scratch.contextPanels);
  std::fill(gradients.keys, gradients.keys + B * S * A, 0.0f);
  std::fill(gradients.values, gradients.values + B * S * K, 0.0f);
  std::fill(scratch.energies, scratch.energies + B * A, 0.0f);
  std::fill(scratch.hidden, scratch.hidden + B * H, 0.0f);
  std::fill(scratch.biases, scratch.biases + gradientCount(RONDO_GRU) * H, 0.0f);

  bool accumulates = false;
  for (Index end = plan.stepCount; end > 0;) {
    const Chunk chunk = Chunk::before(plan, end);
    const DecoderUndoer undoer = {decoder, plan, inputs, gradients, trace, scratch, chunk};
    auto work = [&](Index worker) { undoer.run(worker, rowsOf(decoder, worker, workers.count)); };
    forEachWorker(workers, work);
    addWeightGradients(
        decoder, plan, inputs, gradients, trace, scratch, chunk, accumulates, available);
    accumulates = true;
    end = chunk.firstStep;
  }

  std::memcpy(gradients.initial_hidden, scratch.hidden, size_t(B * H) * sizeof(float));
  std::fill(gradients.energy, gradients.energy + A, 0.0f);
  addColumns(scratch.energies, B, A, gradients.energy, available);
  GateGradients<GRUCell>{scratch.gates, 0, H, scratch.product, available, true}.copyBiases(
      scratch.biases, gradients.input_bias, gradients.hidden_bias);
}

#endif
