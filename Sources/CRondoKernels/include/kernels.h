#pragma once

// Loops worth writing by hand, as plain C.
//
// Every operation comes in two versions with one signature: a reference that reads like its
// equations, and a fast one that is chosen at run time for the instruction set of this machine.
// Both are deterministic: neither the number of threads nor the other rows of a batch changes a
// single bit of a row's result.
//
// Nothing here allocates or starts a thread. The caller lends scratch memory, aligned to
// `RONDO_ALIGNMENT` and counted in floats, and a parallel loop.
//
// Letters: B batch, T steps of the target, S steps of the source, E input features, H hidden
// features, A attention features, K value features, V vocabulary, N rows. Tensors are dense and
// row-major, the last letter is the one whose elements are neighbours.

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The alignment of scratch memory and traces, in bytes.
#define RONDO_ALIGNMENT 64

/// One of many independent pieces of work.
typedef void (*rondo_task)(void *context, int64_t index);

/// A parallel loop, lent by the caller.
typedef struct rondo_workers {
  /// How many pieces the work is cut into, at least 1: the number of threads.
  int64_t count;
  /// Calls `task(context, index)` for each index in `0 ..< count`, in any order, possibly at the
  /// same time, and returns when all are done. Never called when `count` is 1.
  void (*run)(int64_t count, rondo_task task, void *context);
} rondo_workers;

// MARK: Instruction sets

/// What the fast versions are compiled for.
typedef enum rondo_instruction_set {
  /// Four lanes on any machine: SSE2, NEON.
  RONDO_PORTABLE = 0,
  /// Eight lanes: AVX2 with fused multiply-add.
  RONDO_AVX2 = 1,
  /// Sixteen lanes: AVX-512 F, BW, DQ, VL.
  RONDO_AVX512 = 2,
} rondo_instruction_set;

/// The instruction set in use: the best of this machine, unless limited.
rondo_instruction_set rondo_current_instruction_set(void);

/// Limits the fast versions to an instruction set, for tests. Not to be called during a kernel.
void rondo_limit_instruction_set(rondo_instruction_set best);

// MARK: Matrix product

/// A view of a matrix: element (i, j) is `data[i * row_stride + j * column_stride]`.
typedef struct rondo_matrix {
  const float *data;
  int64_t row_stride;
  int64_t column_stride;
} rondo_matrix;

/// C = A B + bias, or C = C + A B + bias, where A is M x D, B is D x N and C is M x N.
typedef struct rondo_product {
  /// M, N and D.
  int64_t row_count, column_count, depth;
  rondo_matrix a, b;
  /// Added to every row, `[N]`, or null.
  const float *bias;
  /// The result; its rows lie `c_stride` floats apart.
  float *c;
  int64_t c_stride;
  /// Whether the product is added to what `c` holds.
  bool accumulates;
} rondo_product;

/// Scratch of a product with at most this many columns and this depth, in floats.
int64_t rondo_product_scratch(int64_t column_count, int64_t depth, int64_t worker_count);
void rondo_multiply(
    const rondo_product *product, float *scratch, const rondo_workers *workers);
void rondo_multiply_reference(
    const rondo_product *product, float *scratch, const rondo_workers *workers);

// MARK: Recurrent layers

/// The equations of one step.
typedef enum rondo_cell {
  /// h' = tanh(W x + b + U h + d)
  RONDO_RNN = 0,
  /// Gates r, z, n, with the reset gate after the product: n = tanh(W x + b + r (U h + d))
  RONDO_GRU = 1,
  /// Gates i, f, g, o
  RONDO_LSTM = 2,
} rondo_cell;

/// The sizes of one layer that reads in one direction.
typedef struct rondo_recurrence {
  rondo_cell cell;
  int64_t batch_size, step_count, input_size, hidden_size;
} rondo_recurrence;

/// W `[G H, E]`, U `[G H, H]`, b `[G H]` and d `[G H]`, with G gates of H units each.
typedef struct rondo_recurrence_weights {
  const float *input, *hidden, *input_bias, *hidden_bias;
} rondo_recurrence_weights;

/// Size of a plan, in `int64_t`.
int64_t rondo_plan_size(int64_t batch_size, int64_t step_count);

/// Writes down in which order the steps of a padded batch are taken; see SequencePlan.h.
///
/// `lengths` is `[B]` with values in 0 ... T, or null when every row has T steps. A reversed plan
/// takes each row from its last real step to its first.
void rondo_make_plan(
    int64_t batch_size, int64_t step_count, const int64_t *lengths, bool is_reversed,
    int64_t *plan);

/// How many steps a plan takes, summed over the rows: at most B T.
int64_t rondo_plan_row_count(int64_t step_count, const int64_t *plan);

/// Size of the trace that `rondo_recurrence_forward` leaves for `rondo_recurrence_backward`. All
/// steps are kept only if a backward pass follows; else the trace is scratch.
int64_t rondo_recurrence_trace(
    const rondo_recurrence *layer, const int64_t *plan, bool keeps_steps);
int64_t rondo_recurrence_forward_scratch(const rondo_recurrence *layer, const int64_t *plan);
int64_t rondo_recurrence_backward_scratch(
    const rondo_recurrence *layer, const int64_t *plan, int64_t worker_count);

/// What a recurrent layer reads and writes.
typedef struct rondo_recurrence_forward_arguments {
  /// `[B, T, E]`
  const float *x;
  /// The state before the first step, `[B, H]`; the cell is an LSTM's, else null.
  const float *initial_hidden, *initial_cell;
  /// The hidden state after each step, `[B, T, H]`, exactly zero after the end of a row.
  float *sequence;
  /// The state after each row's last step, `[B, H]`.
  float *final_hidden, *final_cell;
  /// Kept for the backward pass.
  float *trace;
  bool keeps_steps;
} rondo_recurrence_forward_arguments;

/// What the gradient of a recurrent layer reads and writes.
typedef struct rondo_recurrence_backward_arguments {
  const float *x;
  const float *trace;
  /// Gradients of the results; null stands for zero.
  const float *sequence_gradient, *final_hidden_gradient, *final_cell_gradient;
  /// Gradients of the inputs; null where none is wanted.
  float *x_gradient, *initial_hidden_gradient, *initial_cell_gradient;
  float *input_weight_gradient, *hidden_weight_gradient;
  float *input_bias_gradient, *hidden_bias_gradient;
} rondo_recurrence_backward_arguments;

void rondo_recurrence_forward(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_forward_arguments *arguments, float *scratch,
    const rondo_workers *workers);
void rondo_recurrence_forward_reference(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_forward_arguments *arguments, float *scratch,
    const rondo_workers *workers);
void rondo_recurrence_backward(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_backward_arguments *arguments, float *scratch,
    const rondo_workers *workers);
void rondo_recurrence_backward_reference(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_backward_arguments *arguments, float *scratch,
    const rondo_workers *workers);

// MARK: Additive attention

/// The sizes of an attention that scores a query against every key with a small network.
typedef struct rondo_attention {
  int64_t batch_size, source_count, attention_size, value_size;
} rondo_attention;

/// What an attention reads: queries `[B, A]` and keys `[B, S, A]`, both projected, the energy
/// vector v `[A]`, values `[B, S, K]`, and which positions are visible, `[B, S]`, or null for all.
typedef struct rondo_attention_inputs {
  const float *query, *keys, *energy, *values;
  const bool *visible;
} rondo_attention_inputs;

/// Gradients of the results, or null for zero, and of the inputs, or null where none is wanted.
typedef struct rondo_attention_gradients {
  const float *context, *weights;
  float *query, *keys, *energy, *values;
} rondo_attention_gradients;

/// Writes contexts `[B, K]` and weights `[B, S]`; weights are exactly zero at hidden positions.
void rondo_attention_forward(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, float *context,
    float *weights, const rondo_workers *workers);
void rondo_attention_forward_reference(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, float *context,
    float *weights, const rondo_workers *workers);
int64_t rondo_attention_backward_scratch(const rondo_attention *attention, int64_t worker_count);
void rondo_attention_backward(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, const float *weights,
    const rondo_attention_gradients *gradients, float *scratch, const rondo_workers *workers);
void rondo_attention_backward_reference(
    const rondo_attention *attention, const rondo_attention_inputs *inputs, const float *weights,
    const rondo_attention_gradients *gradients, float *scratch, const rondo_workers *workers);

// MARK: Decoder with additive attention

/// The sizes of a teacher-forced GRU decoder that attends before every step.
typedef struct rondo_decoder {
  int64_t batch_size, step_count, source_count;
  /// E, H, A and K.
  int64_t input_size, hidden_size, attention_size, value_size;
} rondo_decoder;

/// What a decoder reads. Its GRU sees `[embedded; context]`, so W is `[3 H, E + K]`.
typedef struct rondo_decoder_inputs {
  /// `[B, T, E]`
  const float *embedded;
  /// Projected keys `[B, S, A]`, values `[B, S, K]`, and which positions are visible, `[B, S]`, or
  /// null for all.
  const float *keys, *values;
  const bool *visible;
  /// The state before the first step, `[B, H]`.
  const float *initial_hidden;
  /// The projection of the state to the query, `[A, H]`, and the energy vector, `[A]`.
  const float *query_weight, *energy;
  rondo_recurrence_weights weights;
} rondo_decoder_inputs;

/// What a decoder writes: states `[B, T, H]`, contexts `[B, T, K]`, weights `[B, T, S]`, and a
/// trace for the backward pass.
typedef struct rondo_decoder_results {
  float *states, *contexts, *weights, *trace;
} rondo_decoder_results;

/// What the gradient of a decoder reads and writes.
typedef struct rondo_decoder_gradients {
  /// The weights and the trace of the forward pass.
  const float *weights, *trace;
  /// Gradients of the results; null stands for zero.
  const float *states_gradient, *contexts_gradient, *weights_gradient;
  /// Gradients of the inputs, all wanted.
  float *embedded, *keys, *values, *initial_hidden, *query_weight, *energy;
  float *input_weight, *hidden_weight, *input_bias, *hidden_bias;
} rondo_decoder_gradients;

int64_t rondo_decoder_trace(const rondo_decoder *decoder);
int64_t rondo_decoder_forward_scratch(const rondo_decoder *decoder);
int64_t rondo_decoder_backward_scratch(const rondo_decoder *decoder, int64_t worker_count);

/// `plan` is that of a batch whose rows all have T steps, not reversed.
void rondo_decoder_forward(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_results *results, float *scratch, const rondo_workers *workers);
void rondo_decoder_forward_reference(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_results *results, float *scratch, const rondo_workers *workers);
void rondo_decoder_backward_reference(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_gradients *gradients, float *scratch, const rondo_workers *workers);
void rondo_decoder_backward(
    const rondo_decoder *decoder, const int64_t *plan, const rondo_decoder_inputs *inputs,
    const rondo_decoder_gradients *gradients, float *scratch, const rondo_workers *workers);

// MARK: Output projection with cross entropy

/// The loss of a projection to a vocabulary, row by row; the logits are never kept.
typedef struct rondo_projection_loss {
  /// N, H and V.
  int64_t row_count, hidden_size, vocabulary_size;
  /// `[N, H]`, `[V, H]`, and `[V]` or null.
  const float *x, *weight, *bias;
  /// `[N]`; a row whose target is `ignored` has no loss and no gradient.
  const int64_t *targets;
  int64_t ignored;
  /// The share of the target distribution that is spread evenly over the vocabulary.
  float smoothing;
  /// The loss of each row in nats, `[N]`.
  float *losses;
  /// What gradients are multiplied by: one over the number of counted rows for a mean.
  float scale;
  /// Gradients, each null if not wanted; if all are, only the losses are computed.
  float *x_gradient, *weight_gradient, *bias_gradient;
} rondo_projection_loss;

int64_t rondo_projection_loss_scratch(const rondo_projection_loss *loss, int64_t worker_count);
void rondo_compute_projection_loss(
    const rondo_projection_loss *loss, float *scratch, const rondo_workers *workers);
void rondo_compute_projection_loss_reference(
    const rondo_projection_loss *loss, float *scratch, const rondo_workers *workers);

/// Adds the sum of each column of `[row_count, column_count]` to `sums`.
void rondo_add_columns(
    const float *rows, int64_t row_count, int64_t column_count, float *sums,
    const rondo_workers *workers);

#ifdef __cplusplus
}
#endif
