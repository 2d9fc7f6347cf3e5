// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/jpeg_extent.h"

#include "core/imaging/image_header.h"

#ifdef HEADLENS_WITH_OPENCV

#include <array>
#include <csetjmp>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

namespace headlens {
namespace {

// libjpeg's source: the file, then an end marker of ours.
struct Source {
    jpeg_source_mgr manager{};
    std::span<const std::byte> file;
};

struct Errors {
    jpeg_error_mgr manager{};
    std::jmp_buf leave{};
    double rows = 1; // how far the picture went before libjpeg first missed something
};

Source& sourceOf(j_decompress_ptr decoder)
{
    return *reinterpret_cast<Source*>(decoder->src); // its first member
}

void begin(j_decompress_ptr decoder)
{
    Source& source = sourceOf(decoder);
    source.manager.next_input_byte = reinterpret_cast<const JOCTET*>(source.file.data());
    source.manager.bytes_in_buffer = source.file.size();
}

boolean endOfFile(j_decompress_ptr decoder)
{
    static const std::array<JOCTET, 2> kEnd{0xFF, JPEG_EOI};
    Source& source = sourceOf(decoder);
    source.manager.next_input_byte = kEnd.data();
    source.manager.bytes_in_buffer = kEnd.size();
    return TRUE;
}

// Warnings have a level below 0; the others tell what is going on.
void missed(j_common_ptr common, int level)
{
    Errors& errors = *reinterpret_cast<Errors*>(common->err);
    if (level >= 0 || errors.rows < 1) return;
    const auto* decoder = reinterpret_cast<j_decompress_ptr>(common);
    const double total = decoder->total_iMCU_rows;
    errors.rows = decoder->input_scan_number > 1 ? kCoarse : total > 0 ? decoder->input_iMCU_row / total : 0;
}

// Some coefficient of a progressive picture is not known to its last bit.
bool isCoarse(const jpeg_decompress_struct& decoder)
{
    for (int c = 0; decoder.coef_bits != nullptr && c < decoder.num_components; ++c)
        for (int k = 0; k < DCTSIZE2; ++k)
            if (decoder.coef_bits[c][k] != 0) return true;
    return false;
}

void skip(j_decompress_ptr decoder, long count)
{
    Source& source = sourceOf(decoder);
    while (count > long(source.manager.bytes_in_buffer)) {
        count -= long(source.manager.bytes_in_buffer);
        endOfFile(decoder);
        if (count > 0) return; // nothing but our marker is left
    }
    source.manager.next_input_byte += count;
    source.manager.bytes_in_buffer -= std::size_t(count);
}

void nothing(j_decompress_ptr) {}

void leave(j_common_ptr decoder)
{
    std::longjmp(reinterpret_cast<Errors*>(decoder->err)->leave, 1);
}

// No object with a destructor lives here: libjpeg leaves by longjmp.
void readThrough(jpeg_decompress_struct& decoder, Errors& errors, JSAMPROW row)
{
    if (setjmp(errors.leave) != 0) return; // what it got to is known
    jpeg_start_decompress(&decoder);
    while (decoder.output_scanline < decoder.output_height) jpeg_read_scanlines(&decoder, &row, 1);
}

bool readHeader(jpeg_decompress_struct& decoder, Errors& errors)
{
    if (setjmp(errors.leave) != 0) return false;
    return jpeg_read_header(&decoder, TRUE) == JPEG_HEADER_OK;
}

} // namespace

double rowsOfJpeg(std::span<const std::byte> file)
{
    if (hasJpegEnd(file)) return 1;
    Errors errors;
    Source source;
    source.file = file;
    source.manager.init_source = begin;
    source.manager.fill_input_buffer = endOfFile;
    source.manager.skip_input_data = skip;
    source.manager.resync_to_restart = jpeg_resync_to_restart;
    source.manager.term_source = nothing;
    jpeg_decompress_struct decoder{};
    decoder.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = leave;
    errors.manager.emit_message = missed;
    errors.manager.output_message = [](j_common_ptr) {};
    jpeg_create_decompress(&decoder);
    decoder.src = &source.manager;
    if (readHeader(decoder, errors)) {
        decoder.scale_num = 1; // the smallest picture that libjpeg makes: only the place counts
        decoder.scale_denom = 8;
        decoder.dct_method = JDCT_IFAST;
        constexpr std::size_t kMostChannels = 4;
        std::vector<JSAMPLE> row(std::size_t(decoder.image_width) * kMostChannels);
        readThrough(decoder, errors, row.data());
        if (errors.rows == 1 && isCoarse(decoder)) errors.rows = kCoarse;
    } else {
        errors.rows = 0;
    }
    jpeg_destroy_decompress(&decoder);
    return errors.rows;
}

} // namespace headlens

#endif
