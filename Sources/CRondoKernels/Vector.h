// Several floats at once, and the few functions of them that the kernels need.
//
// Read once per instruction set by EachInstructionSet.h, so without an include guard; the number
// of lanes is `RONDO_LANES`. Arithmetic is the compiler's own (`a * b + c`); only what the language
// cannot say stands here.

#define RONDO_INLINE inline __attribute__((always_inline))
/// Before a loop with few, known rounds: repeats its body instead.
#define RONDO_UNROLL _Pragma("GCC unroll 16")

constexpr Index laneCount = RONDO_LANES;

typedef float Vector __attribute__((vector_size(RONDO_LANES * 4)));
typedef int32_t IntegerVector __attribute__((vector_size(RONDO_LANES * 4)));
typedef float UnalignedVector __attribute__((vector_size(RONDO_LANES * 4), aligned(4)));

/// The same number in every lane.
RONDO_INLINE Vector filled(float number) { return number - Vector{}; }

/// Reads all lanes.
RONDO_INLINE Vector load(const float *source) {
  return *reinterpret_cast<const UnalignedVector *>(source);
}

/// Writes all lanes.
RONDO_INLINE void store(float *target, Vector vector) {
  *reinterpret_cast<UnalignedVector *>(target) = vector;
}

/// Reads the first `count` lanes, at least one; the others are zero.
RONDO_INLINE Vector load(const float *source, Index count) {
  if (count >= laneCount) return load(source);
#if RONDO_LANES == 16
  return (Vector)_mm512_maskz_loadu_ps(__mmask16((1u << count) - 1), source);
#else
  Vector vector{};
  for (Index lane = 0; lane < laneCount; ++lane)
    if (lane < count) vector[lane] = source[lane];
  return vector;
#endif
}

/// Writes the first `count` lanes, at least one.
RONDO_INLINE void store(float *target, Vector vector, Index count) {
  if (count >= laneCount) {
    store(target, vector);
    return;
  }
#if RONDO_LANES == 16
  _mm512_mask_storeu_ps(target, __mmask16((1u << count) - 1), (__m512)vector);
#else
  for (Index lane = 0; lane < laneCount; ++lane)
    if (lane < count) target[lane] = vector[lane];
#endif
}

/// a b + c, rounded once where the machine can; a multiplication and an addition elsewhere.
RONDO_INLINE Vector multiplyAdd(Vector a, Vector b, Vector c) {
#if RONDO_LANES == 16
  return (Vector)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif RONDO_LANES == 8
  return (Vector)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#elif defined(__aarch64__)
  return (Vector)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
  return a * b + c;
#endif
}

/// `vector` limited to `low ... high`; a NaN stays a NaN.
RONDO_INLINE Vector clamped(Vector vector, float low, float high) {
  vector = vector < filled(low) ? filled(low) : vector;
  return vector > filled(high) ? filled(high) : vector;
}

RONDO_INLINE Vector larger(Vector a, Vector b) { return a > b ? a : b; }

/// The sum of the lanes, always in the same order.
RONDO_INLINE float sum(Vector vector) {
  float lanes[RONDO_LANES];
  std::memcpy(lanes, &vector, sizeof lanes);
  for (Index half = laneCount / 2; half > 0; half /= 2)
    for (Index lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
  return lanes[0];
}

/// The largest lane.
RONDO_INLINE float largest(Vector vector) {
  float lanes[RONDO_LANES];
  std::memcpy(lanes, &vector, sizeof lanes);
  return *std::max_element(lanes, lanes + laneCount);
}

/// The exponential, to about two units in the last place.
///
/// x = n log 2 + r with n an integer and |r| <= log 2 / 2, so e^x = 2^n e^r: the first factor is
/// made from the bits of n, the second is a polynomial (Cephes, Moshier 1989). n log 2 is taken
/// away in two parts, the larger of which has few enough bits to be exact.
RONDO_INLINE Vector exponential(Vector x) {
  x = clamped(x, -87.3f, 88.3f);
  // Adding 1.5 * 2^23 leaves no room for a fraction: the sum is rounded to the nearest integer.
  const Vector rounder = filled(12582912.0f);
  const Vector shifted = multiplyAdd(x, filled(1.44269504f), rounder);
  const Vector n = shifted - rounder;
  Vector r = multiplyAdd(n, filled(-0.693359375f), x);
  r = multiplyAdd(n, filled(2.12194440e-4f), r);
  Vector p = filled(1.9875691500e-4f);
  p = multiplyAdd(p, r, filled(1.3981999507e-3f));
  p = multiplyAdd(p, r, filled(8.3334519073e-3f));
  p = multiplyAdd(p, r, filled(4.1665795894e-2f));
  p = multiplyAdd(p, r, filled(1.6666665459e-1f));
  p = multiplyAdd(p, r, filled(5.0000001201e-1f));
  p = multiplyAdd(p, r * r, r) + filled(1.0f);
  const IntegerVector exponent = ((IntegerVector)shifted - (IntegerVector)rounder + 127) << 23;
  return p * (Vector)exponent;
}

/// 1 / x, to about one unit in the last place.
///
/// AVX-512 guesses fourteen bits, and one step of Newton's method doubles them, in a third of the
/// time of a division.
RONDO_INLINE Vector reciprocal(Vector x) {
#if RONDO_LANES == 16
  const Vector guess = (Vector)__builtin_ia32_rcp14ps512_mask(x, Vector{}, 0xFFFF);
  return multiplyAdd(guess, multiplyAdd(-x, guess, filled(1.0f)), guess);
#else
  return filled(1.0f) / x;
#endif
}

/// The logistic function, 1 / (1 + e^-x).
RONDO_INLINE Vector sigmoid(Vector x) {
  return reciprocal(filled(1.0f) + exponential(-x));
}

/// The hyperbolic tangent, to about 2e-7: a quotient of polynomials in x squared, exactly odd (the
/// coefficients of Eigen's `ptanh_float`). Beyond the limit the result rounds to one.
RONDO_INLINE Vector tangent(Vector x) {
  x = clamped(x, -7.90531110763549805f, 7.90531110763549805f);
  const Vector square = x * x;
  Vector p = filled(-2.76076847742355e-16f);
  p = multiplyAdd(square, p, filled(2.00018790482477e-13f));
  p = multiplyAdd(square, p, filled(-8.60467152213735e-11f));
  p = multiplyAdd(square, p, filled(5.12229709037114e-08f));
  p = multiplyAdd(square, p, filled(1.48572235717979e-05f));
  p = multiplyAdd(square, p, filled(6.37261928875436e-04f));
  p = multiplyAdd(square, p, filled(4.89352455891786e-03f));
  Vector q = filled(1.19825839466702e-06f);
  q = multiplyAdd(square, q, filled(1.18534705686654e-04f));
  q = multiplyAdd(square, q, filled(2.26843463243900e-03f));
  q = multiplyAdd(square, q, filled(4.89352518554385e-03f));
  return x * p * reciprocal(q);
}
