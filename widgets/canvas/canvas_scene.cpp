// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_scene.h"

#include "widgets/canvas/canvas_caption.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr double kChipHeight = 26, kChipWidth = 72;
constexpr double kBarHeight = 44; // least height of what lies below the picture

} // namespace

const QImage& CanvasScene::picture() const
{
    const ShownRun& run = model->run();
    switch (display->get().ground) {
    case Ground::Original: return run.original.isNull() ? run.seen : run.original;
    case Ground::Reconstruction: return run.reconstruction.isNull() ? run.seen : run.reconstruction;
    case Ground::Seen:
    case Ground::Components: break;
    }
    return run.seen;
}

QRectF CanvasScene::gridInPicture(const TokenLayout& layout) const
{
    const verbs::InputInfo& input = model->input();
    // Sides that are no multiple of the patch lose their rest or are padded, so the grid may differ from the picture.
    const int cell = cellPixels(input, layout.block, layout.gridWidth);
    const QRectF inSeen(0, 0, double(layout.gridWidth) * cell, double(layout.gridHeight) * cell);
    if (&picture() != &model->run().original || input.region.size() != 4 || input.originalWidth < 1) return inSeen;
    const double shrink = double(model->run().original.width()) / input.originalWidth;
    const double sx = input.region[2] / input.seenWidth * shrink, sy = input.region[3] / input.seenHeight * shrink;
    return {input.region[0] * shrink, input.region[1] * shrink, inSeen.width() * sx, inSeen.height() * sy};
}

QSizeF CanvasScene::contentSize() const
{
    QRectF whole(picture().rect());
    for (int layer = 0; layer < int(model->input().blocks.size()); ++layer)
        whole = whole.united(gridInPicture(model->rows()->layoutOf(layer)));
    return &picture() == &model->run().original ? QSizeF(picture().size()) : whole.size();
}

QRectF CanvasScene::pictureArea() const
{
    const double left = tokens().prefix.size() == tokens().text ? kMargin : kChipWidth + 2 * kMargin;
    return QRectF({0, 0}, size).adjusted(left, kMargin, -kMargin, -legend().height - kMargin);
}

const TokenLayout& CanvasScene::tokens() const
{
    return model->rows()->queryLayout();
}

bool CanvasScene::lookedAtPicture() const
{
    const auto layer = std::size_t(selection->heads()->layer());
    return layer < model->rows()->layers().size() && model->rows()->layers()[layer].rows() > 0 &&
           model->rows()->layoutOf(int(layer)).isPicture();
}

bool CanvasScene::selectionIsHere() const
{
    return selection->tokens()->query().stream == model->run().pictureStream();
}

QRectF CanvasScene::chipRect(int token) const
{
    return {kMargin, kMargin + (token - tokens().text) * (kChipHeight + 6), kChipWidth, kChipHeight};
}

QRectF CanvasScene::rectOf(int token) const
{
    const TokenLayout& layout = tokens();
    if (!layout.isPatch(token)) return chipRect(token);
    return layout.rectOf(layout.parentToken(token), gridOf(layout));
}

int CanvasScene::tokenAt(const QPointF& point) const
{
    if (!model->hasInput()) return -1;
    const TokenLayout& layout = tokens();
    for (int i = layout.text; i < layout.prefix.size(); ++i) // words have a place of their own
        if (chipRect(i).contains(point)) return i;
    return layout.middle(layout.tokenAt(view.toPicture(point), gridInPicture(layout)));
}

CanvasLegend CanvasScene::legend() const
{
    constexpr double kWide = 320, kThick = 12, kNumbers = 20, kGap = 12, kNarrowest = 200;
    const double whole = size.width() - 2 * kMargin;
    CanvasLegend legend;
    double x = kMargin, y = 6, wide = whole;
    if (showsBar(*this)) {
        legend.bar = QRectF(kMargin, y, std::min(kWide, whole), kThick);
        legend.numbers = legend.bar.translated(0, kThick + 2).adjusted(0, 0, 0, kNumbers - kThick);
        const bool beside = whole - legend.bar.width() - kGap >= kNarrowest;
        x = beside ? legend.bar.right() + kGap : x;
        y = beside ? y - 4 : legend.numbers.bottom();
        wide = whole - (x - kMargin);
    }
    const QString words = captionOf(*this);
    double high =
        words.isEmpty() ? 0 : metrics.boundingRect(QRect(0, 0, int(wide), 10'000), Qt::TextWordWrap, words).height();
    // The picture must not jump while the mouse goes over patches with longer and shorter names.
    if (selection->showsRow()) high = std::max(high, 2.0 * metrics.lineSpacing());
    legend.caption = QRectF(x, y, wide, high);
    legend.height = std::max(kBarHeight, legend.caption.bottom() + 4);
    const double top = size.height() - legend.height;
    for (QRectF* part : {&legend.bar, &legend.numbers, &legend.caption}) part->translate(0, top);
    return legend;
}

} // namespace headlens
