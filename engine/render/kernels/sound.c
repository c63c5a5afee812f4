/* Sound kernels: filtered energies, peaks between samples, and the limiter.
 *
 * Called by engine.render.sound through ctypes, which lets go of Python's lock for the call.
 * Samples are interleaved floats, full scale at 1; a frame is one sample of every channel (1 or 2 of them).
 * Law: no allocation, no global state; every buffer and its size comes from the caller.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Unlike fmaxf and fminf, which mind NaN, these are one instruction. */
static inline float larger(float a, float b) { return a > b ? a : b; }
static inline float smaller(float a, float b) { return a < b ? a : b; }

/* Kept inline so that the channel loop is unrolled for 1 and for 2. */
static inline long hop_energies(const float *x, long frames, const int channels, const double *k, double *state, int hop, double *sums) {
    double z[2][4] = {{0}}, sum = state[1];
    long done = 0;
    int filled = (int)state[0];
    memcpy(z, state + 2, sizeof(double) * 4 * (size_t)channels);
    for (long i = 0; i < frames; i++) {
        for (int c = 0; c < channels; c++) {
            double in = x[i * channels + c], mid = k[0] * in + z[c][0], out = k[5] * mid + z[c][2];
            z[c][0] = k[1] * in - k[3] * mid + z[c][1];
            z[c][1] = k[2] * in - k[4] * mid;
            z[c][2] = k[6] * mid - k[8] * out + z[c][3];
            z[c][3] = k[7] * mid - k[9] * out;
            sum += out * out;
        }
        if (++filled == hop) {
            if (sum < 1e-30) memset(z, 0, sizeof z); /* a decay into denormals would cost a hundred times as much */
            sums[done++] = sum;
            sum = 0;
            filled = 0;
        }
    }
    state[0] = filled;
    state[1] = sum;
    memcpy(state + 2, z, sizeof(double) * 4 * (size_t)channels);
    return done;
}

/* Two biquads in a row (b0 b1 b2 a1 a2 each, in `k`), then the sum of squares over all channels for each `hop` frames.
 * state, all zero at first: frames in the open hop, its sum, 4 delays per channel. sums: room for (frames / hop + 1). */
void bom_hop_energies(const float *x, long frames, int channels, const double *k, double *state, int hop, double *sums) {
    if (channels == 1) hop_energies(x, frames, 1, k, state, hop, sums);
    else hop_energies(x, frames, 2, k, state, hop, sums);
}

#define TILE 32

/* How far a point between samples can lie above all samples that the filter sees: the sum of its weights' sizes. */
static float greatest_rise(const float *filter, int taps) {
    float greatest = 0;
    for (int quarter = 0; quarter < 3; quarter++) {
        float sum = 0;
        for (int k = 0; k < taps; k++) sum += fabsf(filter[quarter * taps + k]);
        greatest = larger(greatest, sum);
    }
    return greatest;
}

/* Per frame the greatest absolute value of any channel, at the frame and at the three quarters between it and the next.
 * x: frames + taps - 1 frames, of which the first taps / 2 - 1 only lead in. filter: 3 rows of `taps` for those quarters.
 * Where no point can be above `ignored`, which is most of a programme, only the samples themselves are looked at. */
void bom_frame_peaks(const float *x, long frames, int channels, const float *filter, int taps, double ignored, float *peaks) {
    const float *at = x + (long)(taps / 2 - 1) * channels;
    const float unheeded = (float)(ignored / greatest_rise(filter, taps));
    long count = frames * channels;
    for (long start = 0; start < count; start += TILE) {
        float best[TILE], loudest;
        int32_t most = 0; /* sizes of floats compare like integers do, many at a time */
        int width = count - start < TILE ? (int)(count - start) : TILE, seen = width + (taps - 1) * channels;
        for (int j = 0; j < width; j++) best[j] = fabsf(at[start + j]);
        for (int j = 0; j < seen; j++) {
            int32_t bits;
            memcpy(&bits, x + start + j, sizeof bits);
            bits &= 0x7fffffff;
            most = bits > most ? bits : most;
        }
        memcpy(&loudest, &most, sizeof loudest);
        for (int quarter = 0; quarter < 3 && loudest > unheeded; quarter++) {
            const float *row = filter + quarter * taps, *from = x + start;
            float sum[TILE] = {0};
            if (width == TILE)
                for (int k = 0; k < taps; k++, from += channels)
                    for (int j = 0; j < TILE; j++) sum[j] += row[k] * from[j];
            else
                for (int k = 0; k < taps; k++, from += channels)
                    for (int j = 0; j < width; j++) sum[j] += row[k] * from[j];
            for (int j = 0; j < width; j++) best[j] = larger(best[j], fabsf(sum[j]));
        }
        for (int j = 0; j < width; j += channels)
            peaks[(start + j) / channels] = channels == 2 ? larger(best[j], best[j + 1]) : best[j];
    }
}

/* low[i] = least of values[i .. i + reach], for `count` values (van Herk: a running least to each side of every
 * block's border). values and scratch: count + reach long. */
static void least_ahead(const float *values, long count, int reach, float *low, float *scratch) {
    long length = count + reach, window = reach + 1;
    for (long i = 0; i < length; i++) scratch[i] = i % window ? smaller(scratch[i - 1], values[i]) : values[i];
    float behind = 1;
    for (long i = length - 1; i >= 0; i--) {
        behind = (i + 1) % window && i + 1 < length ? smaller(behind, values[i]) : values[i];
        if (i < count) low[i] = smaller(behind, scratch[i + reach]);
    }
}

/* mean[i] = mean of values[i .. i + reach], for `count` values. */
static void running_mean(const float *values, long count, int reach, float *mean) {
    double sum = 0, share = 1.0 / (reach + 1);
    for (int i = 0; i < reach; i++) sum += values[i];
    for (long i = 0; i < count; i++) {
        sum += values[i + reach];
        mean[i] = (float)(sum * share);
        sum -= values[i];
    }
}

/* x made quieter just where `peaks` would pass the ceiling. The gain falls before the peak comes, over `look` frames,
 * and comes back by `recovery` of what is missing per frame.
 * peaks: frames + look long; held: look + frames, of which the first `look` are those of the call before (1 at first);
 * last: the envelope, 1 at first; scratch: 3 * (frames + look). */
void bom_limit(const float *x, float *out, const float *peaks, long frames, int channels, int look, double ceiling, double recovery,
               float *held, double *last, float *scratch) {
    float *need = scratch, *low = need + frames + look, *spare = low + frames + look;
    double envelope = *last;
    float least = 1;
    for (long i = 0; i < frames + look; i++) {
        need[i] = peaks[i] > ceiling ? (float)(ceiling / peaks[i]) : 1.0f;
        least = smaller(least, need[i]);
    }
    for (int i = 0; i < look; i++) least = smaller(least, held[i]);
    if (least == 1 && envelope == 1) { /* nothing to do, as for most of most films */
        for (long i = 0; i < frames; i++) held[look + i] = 1;
        memcpy(out, x, sizeof(float) * (size_t)(frames * channels));
        return;
    }
    least_ahead(need, frames, look, low, spare);
    for (long i = 0; i < frames; i++) {
        envelope += (1 - envelope) * recovery;
        if (envelope > 0.999999) envelope = 1; /* it would come near for ever */
        if (envelope > low[i]) envelope = low[i];
        held[look + i] = (float)envelope;
    }
    *last = envelope;
    /* Two means in a row make the fall round at both ends; each looks back, so each stays under what is needed. */
    int half = look / 2;
    running_mean(held, frames + look - half, half, low);
    running_mean(low, frames, look - half, need);
    for (long i = 0; i < frames; i++)
        for (int c = 0; c < channels; c++) out[i * channels + c] = x[i * channels + c] * need[i];
}

static inline double eased(double part) { return part >= 1 ? 1 : part * part * (3 - 2 * part); }

/* A note added to a loop of stereo sound; what runs over the loop's end goes on at its start.
 * bright, dull: one period each, `size` (a power of two) + 1 long; the note begins as the first and turns into the second.
 * shape: frames of attack, of decay to 1/e, of release before its end, and of bright to 1/e. phase: 0 to 1. */
void bom_play_note(float *loop, long loop_frames, long start, long frames, double cycles_per_frame, double phase, const float *bright,
                   const float *dull, int size, const double *shape, double left, double right) {
    double decayed = 1, fading = exp(-1 / shape[1]), brightness = 1, dulling = exp(-1 / shape[3]);
    long at = start % loop_frames;
    for (long i = 0; i < frames; i++) {
        double place = phase * size;
        int whole = (int)place & (size - 1);
        float between = (float)(place - floor(place));
        float clear = bright[whole] + (bright[whole + 1] - bright[whole]) * between;
        float soft = dull[whole] + (dull[whole + 1] - dull[whole]) * between;
        double level = decayed;
        if (i < shape[0]) level *= eased(i / shape[0]);
        if (frames - i < shape[2]) level *= eased((double)(frames - i) / shape[2]);
        float value = (float)level * (soft + (clear - soft) * (float)brightness);
        loop[2 * at] += value * (float)left;
        loop[2 * at + 1] += value * (float)right;
        if (++at == loop_frames) at = 0;
        phase += cycles_per_frame;
        if (phase >= 1) phase -= 1;
        decayed *= fading;
        brightness *= dulling;
    }
}
