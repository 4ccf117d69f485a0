#pragma once

#include <stdint.h>
#include <string.h>

// Looks at sixteen bytes at once. Each function reads exactly those at `bytes` and answers which of them are meant, as
// bits, the first byte's the lowest. Swift's own vectors have no way from a comparison to bits.

#if defined(__SSE2__) && !defined(COLLECTOR_PORTABLE_BYTES)
#include <emmintrin.h>

static inline __m128i collector_load(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }

static inline __m128i collector_equal(__m128i bytes, uint8_t byte) {
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte));
}

static inline uint32_t collector_bits(__m128i found) { return (uint32_t)_mm_movemask_epi8(found); }

// `byte`.
static inline uint32_t collector_find_byte(const uint8_t *bytes, uint8_t byte) {
    return collector_bits(collector_equal(collector_load(bytes), byte));
}

// `"` and `\`.
static inline uint32_t collector_find_quotes(const uint8_t *bytes) {
    __m128i all = collector_load(bytes);
    return collector_bits(_mm_or_si128(collector_equal(all, '"'), collector_equal(all, '\\')));
}

// `"`, `\` and control characters.
static inline uint32_t collector_find_escapes(const uint8_t *bytes) {
    __m128i all = collector_load(bytes);
    __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(all, _mm_set1_epi8(0x1f)), all);
    return collector_bits(
        _mm_or_si128(controls, _mm_or_si128(collector_equal(all, '"'), collector_equal(all, '\\'))));
}

// `"`, `\`, `first`, `second`, control characters and bytes of 0x80 or more.
static inline uint32_t collector_find_specials(const uint8_t *bytes, uint8_t first, uint8_t second) {
    __m128i all = collector_load(bytes);
    __m128i outside = _mm_cmplt_epi8(all, _mm_set1_epi8(0x20));  // signed: from 0x80 on they are negative
    __m128i escapes = _mm_or_si128(collector_equal(all, '"'), collector_equal(all, '\\'));
    __m128i given = _mm_or_si128(collector_equal(all, first), collector_equal(all, second));
    return collector_bits(_mm_or_si128(outside, _mm_or_si128(escapes, given)));
}

#else

static inline uint32_t collector_find(const uint8_t *bytes, int (*is_meant)(uint8_t, uint8_t, uint8_t), uint8_t first,
                                      uint8_t second) {
    uint32_t found = 0;
    for (int index = 0; index < 16; index++)
        found |= (uint32_t)(is_meant(bytes[index], first, second) != 0) << index;
    return found;
}

static inline int collector_is_byte(uint8_t byte, uint8_t first, uint8_t second) {
    (void)second;
    return byte == first;
}

static inline int collector_is_either(uint8_t byte, uint8_t first, uint8_t second) {
    return byte == first || byte == second;
}

static inline int collector_is_escape(uint8_t byte, uint8_t first, uint8_t second) {
    return byte < 0x20 || collector_is_either(byte, first, second);
}

static inline int collector_is_special(uint8_t byte, uint8_t first, uint8_t second) {
    return byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\' || collector_is_either(byte, first, second);
}

static inline uint32_t collector_find_byte(const uint8_t *bytes, uint8_t byte) {
    return collector_find(bytes, collector_is_byte, byte, 0);
}

static inline uint32_t collector_find_quotes(const uint8_t *bytes) {
    return collector_find(bytes, collector_is_either, '"', '\\');
}

static inline uint32_t collector_find_escapes(const uint8_t *bytes) {
    return collector_find(bytes, collector_is_escape, '"', '\\');
}

static inline uint32_t collector_find_specials(const uint8_t *bytes, uint8_t first, uint8_t second) {
    return collector_find(bytes, collector_is_special, first, second);
}

#endif

// Copies sixteen bytes between places that do not overlap.
static inline void collector_copy_16(uint8_t *target, const uint8_t *source) { memcpy(target, source, 16); }
