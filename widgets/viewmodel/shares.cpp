// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/shares.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/sinks.h"
#include "widgets/viewmodel/writing.h"

#include <QColor>
#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

struct ShareRow {
    Share share;
    const char* title;
    QRgb color;
};
constexpr std::array<ShareRow, kShares> kRows{{
    {Share::Picture, QT_TRANSLATE_NOOP("Shares", "picture"), qRgb(230, 159, 0)},
    {Share::Question, QT_TRANSLATE_NOOP("Shares", "question"), qRgb(86, 180, 233)},
    {Share::Answer, QT_TRANSLATE_NOOP("Shares", "answer"), qRgb(0, 158, 115)},
    {Share::Sinks, QT_TRANSLATE_NOOP("Shares", "sinks"), qRgb(136, 136, 136)},
}};

const ShareRow& rowOf(Share share)
{
    return *std::ranges::find(kRows, share, &ShareRow::share);
}

const verbs::Stream* streamOf(const InspectionModel& model, int stream)
{
    const auto& streams = model.input().streams;
    return stream >= 0 && std::size_t(stream) < streams.size() ? &streams[std::size_t(stream)] : nullptr;
}

Shares divided(std::span<const float> row, const std::vector<Share>& parts)
{
    Shares shares{};
    for (std::size_t i = 0; i < std::min(row.size(), parts.size()); ++i)
        shares[std::size_t(parts[i])] += double(row[i]);
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& one : shares) one = all > 0 ? one / all : 0;
    return shares;
}

} // namespace

QString shareTitle(Share share)
{
    return QCoreApplication::translate("Shares", rowOf(share).title);
}

QColor shareColor(Share share)
{
    return {rowOf(share).color};
}

std::vector<Share> partsOf(const InspectionModel& model, int stream)
{
    const verbs::Stream* tokens = streamOf(model, stream);
    if (tokens == nullptr) return {};
    const auto words = tokens->tokens.size();
    const int picture = tokens->prefix + tokens->gridHeight * tokens->gridWidth;
    std::vector<Share> parts(words, Share::Question);
    parts.resize(words + std::size_t(picture), Share::Picture);
    if (const WrittenPlace written = writtenPlace(model); written.stream == stream)
        std::fill(parts.begin() + std::min(written.begin, int(words)), parts.begin() + std::ptrdiff_t(words),
                  Share::Answer);
    const Sinks sinks = sinksOf(model.input(), stream);
    for (std::size_t i = 0; i < std::min(sinks.size(), words); ++i)
        if (sinks[i]) parts[i] = Share::Sinks;
    for (const verbs::PictureAmongWords& one : tokens->pictures) {
        const int end = std::min(one.begin + one.gridHeight * one.gridWidth, int(words));
        for (int i = std::max(0, one.begin); i < end; ++i) parts[std::size_t(i)] = Share::Picture;
    }
    return parts;
}

std::optional<Shares> sharesOf(const InspectionModel& model, const HeadChoice& heads, int layer)
{
    const auto& blocks = model.input().blocks;
    if (layer < 0 || std::size_t(layer) >= blocks.size()) return {};
    return sharesOf(model, heads, layer, partsOf(model, blocks[std::size_t(layer)].keyStream));
}

std::optional<Shares> sharesOf(const InspectionModel& model, const HeadChoice& heads, int layer,
                               const std::vector<Share>& parts)
{
    const LiveRows& rows = *model.rows();
    const auto& blocks = model.input().blocks;
    if (rows.of().reverse || rows.of().difference || layer < 0) return {};
    if (std::size_t(layer) >= std::min(blocks.size(), rows.layers().size())) return {};
    const FloatArray& here = rows.layers()[std::size_t(layer)];
    if (here.rows() == 0) return {};
    const bool isOfHead = heads.fusion() == HeadFusion::Single && heads.head() < here.rows();
    const std::vector<float> row =
        fuseHeads(here.values, here.rows(), isOfHead ? HeadFusion::Single : HeadFusion::Mean, heads.head());
    const Shares shares = divided(row, parts);
    if (std::ranges::all_of(shares, [](double one) { return one == 0; })) return {};
    return shares;
}

bool hasShares(const InspectionModel& model)
{
    return model.hasInput() && model.model().text.writes;
}

QString sharesInWords(const Shares& shares)
{
    QStringList said;
    for (const ShareRow& row : kRows)
        if (const double share = shares[std::size_t(row.share)]; share > 0)
            said << QCoreApplication::translate("Shares", "%1 %2 %")
                        .arg(shareTitle(row.share))
                        .arg(std::lround(100 * share));
    return said.join(QStringLiteral(" \u00B7 "));
}

} // namespace headlens
