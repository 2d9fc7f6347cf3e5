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
    JpegExtent extent; // how far the picture went before libjpeg first missed something
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

JpegExtent::Missing laterScan(const jpeg_decompress_struct& decoder)
{
    return decoder.progressive_mode != 0 ? JpegExtent::Missing::Detail : JpegExtent::Missing::Colours;
}

// Warnings have a level below 0; the others tell what is going on. Those of a header are none of an end.
void missed(j_common_ptr common, int level)
{
    Errors& errors = *reinterpret_cast<Errors*>(common->err);
    const auto& decoder = *reinterpret_cast<j_decompress_ptr>(common);
    if (level >= 0 || errors.extent.missing != JpegExtent::Missing::Nothing || decoder.total_iMCU_rows == 0) return;
    if (decoder.input_scan_number > 1)
        errors.extent = {1, laterScan(decoder)};
    else
        errors.extent = {decoder.input_iMCU_row / double(decoder.total_iMCU_rows), JpegExtent::Missing::Rows};
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
    if (count > long(source.manager.bytes_in_buffer)) { // nothing but our marker is left
        endOfFile(decoder);
        return;
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

// False where libjpeg finds no picture of the size that was checked.
bool readHeader(jpeg_decompress_struct& decoder, Errors& errors, Source& source, long long width, long long height)
{
    if (setjmp(errors.leave) != 0) return false;
    jpeg_create_decompress(&decoder);
    decoder.src = &source.manager;
    return jpeg_read_header(&decoder, TRUE) == JPEG_HEADER_OK && decoder.image_width == width &&
           decoder.image_height == height;
}

} // namespace

JpegExtent extentOfJpeg(std::span<const std::byte> file, long long width, long long height)
{
    if (hasJpegEnd(file)) return {};
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
    if (readHeader(decoder, errors, source, width, height)) {
        decoder.scale_num = 1; // the smallest picture that libjpeg makes: only the place counts
        decoder.scale_denom = 8;
        decoder.dct_method = JDCT_IFAST;
        std::vector<JSAMPLE> row(std::size_t(decoder.image_width) * MAX_COMPONENTS);
        readThrough(decoder, errors, row.data());
        if (errors.extent.missing == JpegExtent::Missing::Nothing && isCoarse(decoder))
            errors.extent = {1, laterScan(decoder)};
    } else {
        errors.extent = {0, JpegExtent::Missing::Rows};
    }
    jpeg_destroy_decompress(&decoder);
    return errors.extent;
}

} // namespace headlens

#endif
