#pragma once

// The operations of Rondo, defined in the files named beside them and registered in Kernels.cpp.

#include <ATen/core/Tensor.h>

#include <optional>
#include <tuple>

namespace ctorch {

using at::Tensor;
using OptionalTensor = std::optional<Tensor>;

// RecurrentOperations.cpp

/// Each runs one layer in one direction over a padded batch `[B, T, E]`, row by row within the row's
/// length, and gives the hidden states `[B, T, H]`, zero on padding, and the final states `[B, H]`.
std::tuple<Tensor, Tensor> rnn(
    const Tensor &x, const Tensor &h0, const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih,
    const Tensor &b_hh, const OptionalTensor &lengths, bool reverse);
std::tuple<Tensor, Tensor> gru(
    const Tensor &x, const Tensor &h0, const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih,
    const Tensor &b_hh, const OptionalTensor &lengths, bool reverse);
std::tuple<Tensor, Tensor, Tensor> lstm(
    const Tensor &x, const Tensor &h0, const Tensor &c0, const Tensor &w_ih, const Tensor &w_hh,
    const Tensor &b_ih, const Tensor &b_hh, const OptionalTensor &lengths, bool reverse);

}  // namespace ctorch
