#pragma once

// The operations of Rondo, defined in the files named beside them and registered in Kernels.cpp.

#include <ATen/core/Tensor.h>

#include <optional>
#include <tuple>

namespace ctorch {

using at::Tensor;
using OptionalTensor = std::optional<Tensor>;

// RecurrentOperations.cpp

/// Each runs one layer in one direction over a padded batch `[B, T, E]`, every row within its own
/// length, and gives the hidden states `[B, T, H]`, zero on padding, and the final states
/// `[B, H]`.
std::tuple<Tensor, Tensor> rnn(
    const Tensor &x, const Tensor &h0, const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih,
    const Tensor &b_hh, const OptionalTensor &lengths, bool reverse);
std::tuple<Tensor, Tensor> gru(
    const Tensor &x, const Tensor &h0, const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih,
    const Tensor &b_hh, const OptionalTensor &lengths, bool reverse);
std::tuple<Tensor, Tensor, Tensor> lstm(
    const Tensor &x, const Tensor &h0, const Tensor &c0, const Tensor &w_ih, const Tensor &w_hh,
    const Tensor &b_ih, const Tensor &b_hh, const OptionalTensor &lengths, bool reverse);

// AttentionOperations.cpp

/// Attends over keys `[B, S, A]` with a projected query `[B, A]`: weights are the softmax of
/// v · tanh(query + key) over the visible positions, the context is the weighted sum of the values
/// `[B, S, K]`. A row without a visible position gets zeros.
std::tuple<Tensor, Tensor> additive_attention(
    const Tensor &query, const Tensor &keys, const Tensor &v, const Tensor &values,
    const OptionalTensor &visible);

// DecoderOperations.cpp

/// Runs a teacher-forced GRU decoder that attends before every step with a query made from its
/// previous state.
std::tuple<Tensor, Tensor, Tensor> bahdanau_decoder(
    const Tensor &embedded, const Tensor &keys, const Tensor &values,
    const OptionalTensor &visible, const Tensor &h0, const Tensor &w_q, const Tensor &v,
    const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih, const Tensor &b_hh);

// LinearOperations.cpp

/// x Wᵀ + b for x `[…, E]`, by whichever product is faster for its size.
Tensor linear(const Tensor &x, const Tensor &weight, const OptionalTensor &bias);

/// The mean cross entropy of the logits x Wᵀ + b, `[N, V]`, which are never kept; rows whose target
/// is `ignore_index` do not count, and NaN is the mean of none.
Tensor linear_cross_entropy(
    const Tensor &x, const Tensor &weight, const OptionalTensor &bias, const Tensor &targets,
    int64_t ignore_index, double smoothing);

}  // namespace ctorch
