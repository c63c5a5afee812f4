/* Alignment kernel: the cheapest way to walk a voice along a reading of the same text (dynamic time warping,
 * Sakoe and Chiba 1978, with optional pauses between words as in a forced alignment).
 *
 * Called by engine.render.speech_path through ctypes, which lets go of Python's lock for the call.
 * Law: no allocation, no global state; every buffer and its size comes from the caller.
 */
#include <stdint.h>

#define FAR 1e30f

enum { BOTH = 0, VOICE = 1, READING = 2 };

static float dot(const float *restrict a, const float *restrict b, int size) {
    float lanes[8] = {0};
    for (int k = 0; k < size; k += 8)
        for (int lane = 0; lane < 8; lane++) lanes[lane] += a[k + lane] * b[k + lane];
    return ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
}

static float waiting(uint8_t kind, float pause_cost, float stray) {
    return kind == 2 && pause_cost > stray ? stray : pause_cost;
}

/* Fills `came` (how each cell is best reached: with a frame of both, of the voice only, of the reading only) and then
 * walks it back into `at` (for each voice frame the row of the reading that it belongs to) and `cost` (its own cost).
 *
 * reading: rows x size; voice: columns x size; both of length 1 per row, size a multiple of 8. Cost of a pair is
 * 1 - cosine. is_pause marks rows that stand for an optional pause: they cost pause_cost of the voice's frame, may be
 * passed without a frame, and may last for ever; where it is 2, between sentences, no frame costs more than `stray`,
 * so that what the text does not have can be said there. low and high (exclusive) are each row's columns, neither falling,
 * low[0] = 0 and high[rows - 1] = columns, neighbours overlapping. place: where each row begins in `came`.
 * stay and skip: what it costs to use a reading's frame again, and to use it not at all.
 * before, now: two buffers of `columns` floats. */
void bom_align(const float *reading, const float *voice, int rows, int columns, int size, const uint8_t *is_pause,
               const float *pause_cost, const int32_t *low, const int32_t *high, const int64_t *place, double stay,
               double skip, double stray, uint8_t *came, float *before, float *now, int32_t *at, float *cost) {
    const float again = (float)stay, over = (float)skip, most = (float)stray;
    for (int i = 0; i < rows; i++) {
        const float *row = reading + (int64_t)i * size;
        uint8_t *from = came + place[i];
        int first = low[i], end = high[i];
        int before_first = i ? low[i - 1] : 0, before_end = i ? high[i - 1] : 0;
        for (int j = first; j < end; j++) {
            float above = j >= before_first && j < before_end ? before[j] : FAR;
            float left = j > first ? now[j - 1] : FAR;
            if (is_pause[i]) {
                float waited = (i == 0 && j == 0 ? 0 : left) + waiting(is_pause[i], pause_cost[j], most);
                from[j - first] = above <= waited ? READING : VOICE;
                now[j] = above <= waited ? above : waited;
                continue;
            }
            float corner = j - 1 >= before_first && j - 1 < before_end ? before[j - 1] : FAR;
            float here = 1 - dot(row, voice + (int64_t)j * size, size);
            float best = corner + here;
            uint8_t way = BOTH;
            if (left + here + again < best) { best = left + here + again; way = VOICE; }
            if (above + over < best) { best = above + over; way = READING; }
            now[j] = best;
            from[j - first] = way;
        }
        float *swap = before;
        before = now;
        now = swap;
    }
    int i = rows - 1, j = columns - 1;
    while (j >= 0 && i >= 0) {
        uint8_t way = came[place[i] + j - low[i]];
        if (way == READING && i > 0) { i--; continue; }
        at[j] = i;
        cost[j] = is_pause[i] ? waiting(is_pause[i], pause_cost[j], most) : 1 - dot(reading + (int64_t)i * size, voice + (int64_t)j * size, size);
        if (way == BOTH) i--;
        j--;
    }
}
