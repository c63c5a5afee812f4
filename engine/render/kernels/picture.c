/* Picture kernels: resample, mix, overlay and convert planar 8-bit YUV 4:2:0 (BT.709, limited range).
 *
 * Called by engine.render.picture through ctypes, which lets go of Python's lock for the call.
 * Law: no allocation, no global state; every buffer and its size comes from the caller.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

static int clamp_int(int value, int low, int high) { return value < low ? low : value > high ? high : value; }

/* Four source rows weighted into one, 6-bit weights that sum to 64; 16-bit sums stay exact. */
static void weigh_rows(const uint8_t *const rows[4], const int8_t weights[4], uint8_t *restrict out, int columns) {
    int x = 0;
#ifdef __AVX2__
    /* Bytes of two rows side by side, multiplied and added in one instruction (u8 x s8, pairs): two taps at a time. */
    const __m256i first = _mm256_set1_epi16((int16_t)((uint8_t)weights[0] | (uint16_t)(uint8_t)weights[1] << 8));
    const __m256i second = _mm256_set1_epi16((int16_t)((uint8_t)weights[2] | (uint16_t)(uint8_t)weights[3] << 8));
    const __m256i half = _mm256_set1_epi16(32);
    for (; x + 32 <= columns; x += 32) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(rows[0] + x)), b = _mm256_loadu_si256((const __m256i *)(rows[1] + x));
        __m256i c = _mm256_loadu_si256((const __m256i *)(rows[2] + x)), d = _mm256_loadu_si256((const __m256i *)(rows[3] + x));
        __m256i low = _mm256_add_epi16(_mm256_maddubs_epi16(_mm256_unpacklo_epi8(a, b), first),
                                       _mm256_maddubs_epi16(_mm256_unpacklo_epi8(c, d), second));
        __m256i high = _mm256_add_epi16(_mm256_maddubs_epi16(_mm256_unpackhi_epi8(a, b), first),
                                        _mm256_maddubs_epi16(_mm256_unpackhi_epi8(c, d), second));
        low = _mm256_srai_epi16(_mm256_add_epi16(low, half), 6);
        high = _mm256_srai_epi16(_mm256_add_epi16(high, half), 6);
        _mm256_storeu_si256((__m256i *)(out + x), _mm256_packus_epi16(low, high));
    }
#endif
    for (; x < columns; x++) {
        int sum = rows[0][x] * weights[0] + rows[1][x] * weights[1] + rows[2][x] * weights[2] + rows[3][x] * weights[3];
        out[x] = (uint8_t)clamp_int((sum + 32) >> 6, 0, 255);
    }
}

/* Where one output row comes from: its four source rows, from `first` on, and their weights. */
typedef struct { int32_t first; int8_t weights[4]; } Taps;

/* The taps of each output row, one step along the source's rows from the one before, by Catmull-Rom (Keys, 1981,
 * a = -1/2). */
static void find_taps(Taps *taps, int dst_rows, int src_rows, double start, double step) {
    for (int row = 0; row < dst_rows; row++) {
        double position = start + step * row;
        if (position < 0) position = 0;
        if (position > src_rows - 1) position = src_rows - 1;
        int whole = (int)position;
        double f = position - whole, f2 = f * f, f3 = f2 * f;
        int8_t k0 = (int8_t)lrint((-0.5 * f3 + f2 - 0.5 * f) * 64), k2 = (int8_t)lrint((-1.5 * f3 + 2 * f2 + 0.5 * f) * 64);
        int8_t k3 = (int8_t)lrint((0.5 * f3 - 0.5 * f2) * 64);
        taps[row] = (Taps){whole - 1, {k0, (int8_t)(64 - k0 - k2 - k3), k2, k3}};
    }
}

static void resample_rows(const uint8_t *restrict src, long src_stride, int src_rows, uint8_t *restrict dst,
                          long dst_stride, int dst_rows, int columns, const Taps *taps) {
    for (int row = 0; row < dst_rows; row++) {
        const uint8_t *rows[4];
        for (int tap = 0; tap < 4; tap++)
            rows[tap] = src + (long)clamp_int(taps[row].first + tap, 0, src_rows - 1) * src_stride;
        weigh_rows(rows, taps[row].weights, dst + (long)row * dst_stride, columns);
    }
}

typedef uint8_t Bytes16 __attribute__((vector_size(16)));

/* Sixteen rows of sixteen bytes turned over their diagonal: four rounds of interleaving row i with row i + 8. */
static void transpose_16(const uint8_t *restrict src, long src_stride, uint8_t *restrict dst, long dst_stride) {
    Bytes16 rows[16], next[16];
    for (int i = 0; i < 16; i++) memcpy(&rows[i], src + i * src_stride, 16);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 8; i++) {
            next[2 * i] = __builtin_shufflevector(rows[i], rows[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            next[2 * i + 1] =
                __builtin_shufflevector(rows[i], rows[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        }
        memcpy(rows, next, sizeof rows);
    }
    for (int i = 0; i < 16; i++) memcpy(dst + i * dst_stride, &rows[i], 16);
}

/* Whole tiles first; what is left over at the edges goes byte by byte. */
static void transpose(const uint8_t *restrict src, long src_stride, uint8_t *restrict dst, long dst_stride, int rows, int columns) {
    int whole_rows = rows / 16 * 16, whole_columns = columns / 16 * 16;
    for (int c = 0; c < whole_columns; c += 16)
        for (int r = 0; r < whole_rows; r += 16)
            transpose_16(src + (long)r * src_stride + c, src_stride, dst + (long)c * dst_stride + r, dst_stride);
    for (int r = 0; r < rows; r++)
        for (int c = r < whole_rows ? whole_columns : 0; c < columns; c++) dst[(long)c * dst_stride + r] = src[(long)r * src_stride + c];
}

/* Columns that are drawn at a time, so that what lies between two passes stays in a core's own cache: 0.74 ms for a
 * plane of 1080 x 1920 where whole planes take 1.04. */
enum { BAND = 128 };

/* The part of a transposed plane (row = x, column = y) that starts at (x_start, y_start), with a step of source pixels
 * per output pixel on each axis, drawn upright into dst. scratch: at least 8 * (dst_width + dst_height) +
 * 2 * BAND * (dst_height * y_step + 8) bytes. */
void bom_crop_plane(const uint8_t *src, long src_stride, int src_width, int src_height, uint8_t *dst, long dst_stride,
                    int dst_width, int dst_height, double x_start, double y_start, double x_step, double y_step,
                    uint8_t *scratch) {
    int first = clamp_int((int)floor(y_start) - 1, 0, src_height - 1);
    int last = clamp_int((int)ceil(y_start + y_step * (dst_height - 1)) + 2, first, src_height - 1);
    int rows = last - first + 1;
    Taps *across_taps = (Taps *)scratch, *down_taps = across_taps + dst_width;
    uint8_t *across = (uint8_t *)(down_taps + dst_height), *upright = across + (long)BAND * rows;
    find_taps(across_taps, dst_width, src_width, x_start, x_step);
    find_taps(down_taps, dst_height, rows, y_start - first, y_step);
    for (int x = 0; x < dst_width; x += BAND) {
        int columns = dst_width - x < BAND ? dst_width - x : BAND;
        resample_rows(src + first, src_stride, src_width, across, rows, columns, rows, across_taps + x);
        transpose(across, rows, upright, columns, columns, rows);
        resample_rows(upright, columns, rows, dst + x, dst_stride, dst_height, columns, down_taps);
    }
}

/* An upright plane resampled into an upright plane with a step of its own on each axis, for clips and overlays.
 * scratch: at least 8 * (dst_width + dst_height) + 2 * src_width * dst_height + dst_width * dst_height bytes. */
void bom_scale_plane(const uint8_t *src, long src_stride, int src_width, int src_height, uint8_t *dst, long dst_stride,
                     int dst_width, int dst_height, double x_start, double y_start, double x_step, double y_step,
                     uint8_t *scratch) {
    Taps *down_taps = (Taps *)scratch, *across_taps = down_taps + dst_height;
    uint8_t *down = (uint8_t *)(across_taps + dst_width), *turned = down + (long)src_width * dst_height;
    uint8_t *across = turned + (long)src_width * dst_height;
    find_taps(down_taps, dst_height, src_height, y_start, y_step);
    find_taps(across_taps, dst_width, src_width, x_start, x_step);
    resample_rows(src, src_stride, src_height, down, src_width, dst_height, src_width, down_taps);
    transpose(down, src_width, turned, dst_height, dst_height, src_width);
    resample_rows(turned, dst_height, src_width, across, dst_height, dst_width, dst_height, across_taps);
    transpose(across, dst_height, dst, dst_stride, dst_width, dst_height);
}

/* a becomes a * (256 - weight) / 256 + b * weight / 256; weight 0 to 256. */
void bom_mix(uint8_t *restrict a, const uint8_t *restrict b, long count, int weight) {
    uint16_t wb = (uint16_t)weight, wa = (uint16_t)(256 - weight);
    for (long i = 0; i < count; i++) a[i] = (uint8_t)((uint16_t)(a[i] * wa + b[i] * wb + 128) >> 8);
}

/* A premultiplied overlay laid over a plane: d = d * through / 255 + colour. */
void bom_overlay_plane(uint8_t *restrict dst, long dst_stride, const uint8_t *restrict colour, const uint8_t *restrict through,
                       long overlay_stride, int height, int width) {
    for (int y = 0; y < height; y++, dst += dst_stride, colour += overlay_stride, through += overlay_stride)
        for (int x = 0; x < width; x++) {
            uint16_t t = (uint16_t)(dst[x] * through[x] + 128);
            uint16_t sum = (uint16_t)(colour[x] + (uint8_t)((uint16_t)(t + (t >> 8)) >> 8));
            dst[x] = sum > 255 ? 255 : (uint8_t)sum;
        }
}

/* BT.709 limited range, 16-bit fixed point: Kr = 0.2126, Kb = 0.0722 (ITU-R BT.709-6, section 3). */
enum { YR = 11966, YG = 40254, YB = 4064, UR = -6596, UG = -22189, UB = 28784, VR = 28784, VG = -26145, VB = -2639 };

static uint8_t clamp_byte(int value) { return (uint8_t)clamp_int(value, 0, 255); }

/* Chroma of one 4:2:0 sample: left-sited across ([1 2 1] / 4), centred down (MPEG-2 and H.264 default). Sums of 8. */
static void chroma_sums(const uint8_t *top, const uint8_t *bottom, int left, int middle, int right, int bytes, int *sums) {
    for (int k = 0; k < bytes; k++)
        sums[k] = top[left + k] + 2 * top[middle + k] + top[right + k] + bottom[left + k] + 2 * bottom[middle + k] + bottom[right + k];
}

enum { STRIP = 64 };

/* Luma of a row of up to STRIP pixels. */
static void luma_row(const uint8_t *restrict rgb, int width, uint8_t *restrict out) {
    for (int x = 0; x < width; x++)
        out[x] = (uint8_t)((YR * rgb[3 * x] + YG * rgb[3 * x + 1] + YB * rgb[3 * x + 2] + (16 << 16) + 32768) >> 16);
}

/* Chroma of the row of samples between two rows of pixels; `before` is the pixel to the left of the first one. */
static void chroma_row(const uint8_t *restrict top, const uint8_t *restrict bottom, int before, int samples,
                       uint8_t *restrict u, uint8_t *restrict v) {
    int sums[3][STRIP / 2];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < samples; i++) {
            int left = i > 0 ? 6 * i - 3 + k : before + k, middle = 6 * i + k, right = 6 * i + 3 + k;
            sums[k][i] = top[left] + 2 * top[middle] + top[right] + bottom[left] + 2 * bottom[middle] + bottom[right];
        }
    for (int i = 0; i < samples; i++) {
        u[i] = clamp_byte(128 + ((UR * sums[0][i] + UG * sums[1][i] + UB * sums[2][i] + 262144) >> 19));
        v[i] = clamp_byte(128 + ((VR * sums[0][i] + VG * sums[1][i] + VB * sums[2][i] + 262144) >> 19));
    }
}

/* Upright RGB, 3 bytes a pixel, even width and height, into transposed 4:2:0 planes (row = x, column = y).
 * Thirty-two rows by STRIP columns at a time, so that both sides stay in the cache. */
void bom_rgb_to_planes(const uint8_t *rgb, long rgb_stride, int width, int height, uint8_t *y_plane, uint8_t *u_plane, uint8_t *v_plane) {
    int half = height / 2;
    uint8_t luma[32][STRIP], u[16][STRIP / 2], v[16][STRIP / 2];
    for (int y0 = 0; y0 < height; y0 += 32)
        for (int x0 = 0; x0 < width; x0 += STRIP) {
            int rows = height - y0 < 32 ? height - y0 : 32, columns = width - x0 < STRIP ? width - x0 : STRIP;
            for (int r = 0; r < rows; r++) luma_row(rgb + (long)(y0 + r) * rgb_stride + 3L * x0, columns, luma[r]);
            for (int r = 0; r < rows; r += 2) {
                const uint8_t *top = rgb + (long)(y0 + r) * rgb_stride + 3L * x0;
                chroma_row(top, top + rgb_stride, x0 > 0 ? -3 : 0, columns / 2, u[r / 2], v[r / 2]);
            }
            transpose(luma[0], STRIP, y_plane + (long)x0 * height + y0, height, rows, columns);
            transpose(u[0], STRIP / 2, u_plane + (long)(x0 / 2) * half + y0 / 2, half, rows / 2, columns / 2);
            transpose(v[0], STRIP / 2, v_plane + (long)(x0 / 2) * half + y0 / 2, half, rows / 2, columns / 2);
        }
}

/* Upright premultiplied RGBA, even width and height, into upright overlay planes and what shines through them. */
void bom_rgba_to_overlay(const uint8_t *rgba, long stride, int width, int height, uint8_t *y_plane, uint8_t *u_plane,
                         uint8_t *v_plane, uint8_t *y_through, uint8_t *c_through) {
    int half = width / 2;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const uint8_t *p = rgba + (long)y * stride + 4L * x;
            y_plane[(long)y * width + x] = clamp_byte((16 * p[3] * 257 + YR * p[0] + YG * p[1] + YB * p[2] + 32768) >> 16);
            y_through[(long)y * width + x] = (uint8_t)(255 - p[3]);
        }
    for (int y = 0; y < height; y += 2)
        for (int x = 0; x < width; x += 2) {
            const uint8_t *top = rgba + (long)y * stride;
            int s[4];
            chroma_sums(top, top + stride, 4 * (x > 0 ? x - 1 : 0), 4 * x, 4 * (x + 1), 4, s);
            long at = (long)(y / 2) * half + x / 2;
            u_plane[at] = clamp_byte((128 * 257 * s[3] + UR * s[0] + UG * s[1] + UB * s[2] + 262144) >> 19);
            v_plane[at] = clamp_byte((128 * 257 * s[3] + VR * s[0] + VG * s[1] + VB * s[2] + 262144) >> 19);
            c_through[at] = clamp_byte(255 - (s[3] + 4) / 8);
        }
}
