// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/first_frame.h"

#ifdef HEADLENS_WITH_OPENCV

#include <algorithm>
#include <memory>
#include <vector>

#include <gif_lib.h>
#include <webp/demux.h>

namespace headlens {
namespace {

struct CloseGif {
    void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

int readBytes(GifFileType* gif, GifByteType* into, int count)
{
    auto& rest = *static_cast<std::span<const std::byte>*>(gif->UserData);
    const std::size_t taken = std::min(std::size_t(std::max(0, count)), rest.size());
    std::copy_n(reinterpret_cast<const GifByteType*>(rest.data()), taken, into);
    rest = rest.subspan(taken);
    return int(taken);
}

bool skipExtension(GifFileType* gif)
{
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(gif, &code, &block) == GIF_ERROR) return false;
    while (block != nullptr)
        if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) return false;
    return true;
}

// Goes to the next picture; false when there is none, or the file ends before it.
bool toNextPicture(GifFileType* gif)
{
    GifRecordType kind = UNDEFINED_RECORD_TYPE;
    while (DGifGetRecordType(gif, &kind) == GIF_OK && kind != TERMINATE_RECORD_TYPE) {
        if (kind == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(gif) == GIF_OK;
        if (kind == EXTENSION_RECORD_TYPE && !skipExtension(gif)) return false;
    }
    return false;
}

// Rows of an interlaced picture come as every 8th from 0, every 8th from 4, every 4th from 2, every 2nd from 1.
std::vector<int> orderOfRows(int height, bool interlaced)
{
    std::vector<int> rows;
    const int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
    for (int pass = 0; interlaced && pass < 4; ++pass)
        for (int y = starts[pass]; y < height; y += steps[pass]) rows.push_back(y);
    for (int y = 0; !interlaced && y < height; ++y) rows.push_back(y);
    return rows;
}

bool fits(const GifImageDesc& where, const Image8& canvas)
{
    return where.Width > 0 && where.Height > 0 && where.Left >= 0 && where.Top >= 0 &&
           where.Left + where.Width <= canvas.width && where.Top + where.Height <= canvas.height;
}

// The picture that was gone to, into its place on the canvas.
bool paint(GifFileType* gif, Image8& canvas)
{
    const GifImageDesc& where = gif->Image;
    const ColorMapObject* colours = where.ColorMap != nullptr ? where.ColorMap : gif->SColorMap;
    if (colours == nullptr || !fits(where, canvas)) return false;
    std::vector<GifPixelType> line(std::size_t(where.Width));
    for (const int y : orderOfRows(where.Height, where.Interlace)) {
        if (DGifGetLine(gif, line.data(), where.Width) == GIF_ERROR) return false;
        std::uint8_t* out = canvas.at(where.Left, where.Top + y);
        for (const GifPixelType index : line) {
            const GifColorType colour = index < colours->ColorCount ? colours->Colors[index] : GifColorType{};
            for (const GifByteType value : {colour.Red, colour.Green, colour.Blue}) *out++ = value;
        }
    }
    return true;
}

} // namespace

std::optional<FirstFrame> firstOfGif(std::span<const std::byte> file, int width, int height)
{
    int problem = 0;
    std::span<const std::byte> rest = file;
    const std::unique_ptr<GifFileType, CloseGif> gif(DGifOpen(&rest, readBytes, &problem));
    if (!gif || !toNextPicture(gif.get())) return std::nullopt;
    FirstFrame frame{Image8(width, height, 3)};
    if (!paint(gif.get(), frame.image)) return std::nullopt;
    frame.moves = toNextPicture(gif.get());
    return frame;
}

std::optional<FirstFrame> firstOfWebp(std::span<const std::byte> file, int width, int height)
{
    const WebPData data{reinterpret_cast<const std::uint8_t*>(file.data()), file.size()};
    WebPAnimDecoderOptions options;
    WebPAnimDecoderOptionsInit(&options);
    const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
        WebPAnimDecoderNew(&data, &options), WebPAnimDecoderDelete);
    WebPAnimInfo info{};
    if (!decoder || WebPAnimDecoderGetInfo(decoder.get(), &info) == 0) return std::nullopt;
    if (int(info.canvas_width) != width || int(info.canvas_height) != height) return std::nullopt;
    std::uint8_t* pixels = nullptr; // RGBA, belongs to the decoder
    int milliseconds = 0;
    if (WebPAnimDecoderGetNext(decoder.get(), &pixels, &milliseconds) == 0) return std::nullopt;
    FirstFrame frame{Image8(width, height, 3), info.frame_count > 1};
    for (std::size_t i = 0; i < std::size_t(width) * std::size_t(height); ++i)
        std::copy_n(pixels + 4 * i, 3, frame.image.pixels.data() + 3 * i);
    return frame;
}

} // namespace headlens

#endif
