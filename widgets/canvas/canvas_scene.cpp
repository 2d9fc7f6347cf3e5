// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_scene.h"

#include "widgets/canvas/canvas_caption.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr double kChipHeight = 26, kChipGap = 6, kChipWidth = 72, kWidestChip = 128;

// As wide as the longest name with a weight.
double chipWidth(const CanvasScene& scene)
{
    const TokenLayout& layout = scene.tokens();
    int widest = 0;
    for (int i = layout.text; i < layout.prefix.size(); ++i)
        widest = std::max(widest, scene.metrics.horizontalAdvance(layout.name(i) + QStringLiteral(" 0.0000")));
    return std::clamp(widest + 12.0, kChipWidth, kWidestChip);
}

// Of a narrow, high canvas the chips stand above the picture rather than beside it.
bool standAbove(const CanvasScene& scene, qsizetype chips)
{
    constexpr double kNarrow = 400, kMost = 0.25; // points; of the height
    return scene.size.width() < std::min(kNarrow, scene.size.height()) &&
           double(chips) * (kChipHeight + kChipGap) < kMost * scene.size.height();
}

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

bool CanvasScene::showsOriginal() const
{
    return &picture() == &model->run().original;
}

const CanvasMap& CanvasScene::map() const
{
    if (computed == nullptr) computed = std::make_shared<const CanvasMap>(mapOf(*this));
    return *computed;
}

bool CanvasScene::paintsMap() const
{
    // Colours that mean something must not be mixed with others, unless somebody asks for both.
    const bool components =
        selection->showsRow() && display->get().ground == Ground::Components && !selection->tokens()->isPinned();
    return map().layout != nullptr && !components;
}

OverlayStyle CanvasScene::style() const
{
    const OverlayStyle wish = display->get().style;
    if (selection->showsRow() && selection->heads()->overlaysHeads()) return OverlayStyle::Heat;
    if (wish == OverlayStyle::Heat || wish == OverlayStyle::SideBySide) return wish;
    if (wish == OverlayStyle::Links && !(selection->showsRow() && selectionIsHere())) return OverlayStyle::Heat;
    return map().hasMass() ? wish : OverlayStyle::Heat;
}

PicturePlace CanvasScene::place() const
{
    return placeOf(model->input(), picture().size(), showsOriginal());
}

QRectF CanvasScene::gridInPicture(const TokenLayout& layout) const
{
    return place().grid(layout.gridWidth, layout.gridHeight,
                        cellPixels(model->input(), layout.block, layout.gridWidth));
}

QSizeF CanvasScene::pictureSize() const
{
    const PicturePlace at = place();
    QRectF whole = at.picture.united(at.seen);
    for (int layer = 0; layer < int(model->input().blocks.size()); ++layer)
        whole = whole.united(gridInPicture(model->rows()->layoutOf(layer)));
    return whole.size();
}

QPointF CanvasScene::besideOffset() const
{
    if (style() != OverlayStyle::SideBySide) return {};
    constexpr double kGap = 0.03;
    const QSizeF one = pictureSize(), area = pictureArea().size();
    if (one.isEmpty()) return {};
    const double gap = kGap * std::max(one.width(), one.height());
    const double across = std::min(area.width() / (2 * one.width() + gap), area.height() / one.height());
    const double below = std::min(area.width() / one.width(), area.height() / (2 * one.height() + gap));
    return across >= below ? QPointF(one.width() + gap, 0) : QPointF(0, one.height() + gap);
}

QSizeF CanvasScene::contentSize() const
{
    const QPointF offset = besideOffset();
    return pictureSize() + QSizeF(offset.x(), offset.y());
}

CanvasScene CanvasScene::beside() const
{
    CanvasScene other = *this;
    other.view = view.moved(besideOffset());
    return other;
}

QRectF CanvasScene::pictureArea() const
{
    const double right = legend().right + kMargin;
    const qsizetype chips = tokens().prefix.size() - tokens().text;
    const bool above = standAbove(*this, chips);
    const double left = chips == 0 || above ? kMargin : chipWidth(*this) + 2 * kMargin;
    const double top = kMargin + (above ? double(chips) * (kChipHeight + kChipGap) : 0);
    const double wider = std::max(left, right);
    const bool isWide = size.width() - 2 * wider > size.height(); // a picture in the middle costs nothing
    return QRectF({0, 0}, size)
        .adjusted(isWide ? wider : left, top, -(isWide ? wider : right), -legend().height - kMargin);
}

const TokenLayout& CanvasScene::tokens() const
{
    return model->rows()->queryLayout();
}

bool CanvasScene::lookedAtPicture() const
{
    const auto layer = std::size_t(selection->heads()->layer());
    return layer < model->rows()->layers().size() && model->rows()->layers()[layer].rows() > 0 &&
           model->run().onPicture(int(layer), model->rows()->of().reverse) != nullptr;
}

bool CanvasScene::selectionIsHere() const
{
    const TokenPlace& query = selection->tokens()->query();
    return query.stream == model->rows()->pictureStream() &&
           (tokens().behind.isEmpty() || tokens().isPatch(query.token));
}

QRectF CanvasScene::chipRect(int token) const
{
    return {kMargin, kMargin + (token - tokens().text) * (kChipHeight + kChipGap), chipWidth(*this), kChipHeight};
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
    const QRectF grid = gridInPicture(layout);
    const QPointF at = view.toPicture(point), offset = besideOffset();
    const int here = layout.tokenAt(at, grid);
    return layout.middle(here >= 0 || offset.isNull() ? here : layout.tokenAt(at - offset, grid));
}

QPoint CanvasScene::patchAt(const QPointF& point) const
{
    const TokenLayout* picture = model->run().pictureOf();
    if (picture == nullptr) return {-1, -1};
    const int token = picture->tokenAt(view.toPicture(point), gridInPicture(*picture));
    return picture->isPatch(token) ? picture->cell(token) : QPoint(-1, -1);
}

CanvasLegend CanvasScene::legend() const
{
    constexpr double kThick = 12, kLongest = 176, kShare = 0.3, kGap = 6, kNarrowest = 320, kLowest = 180;
    CanvasLegend legend;
    legend.height = metrics.lineSpacing() + 10.0;
    legend.caption = QRectF(kMargin, size.height() - legend.height, size.width() - 2 * kMargin, legend.height);
    if (!showsBar(*this) || size.width() < kNarrowest || size.height() < kLowest) return legend;
    const double high = std::min(kLongest, kShare * size.height()), half = metrics.height() / 2.0;
    const double numbers = metrics.horizontalAdvance(QStringLiteral("0.00e-00"));
    legend.bar = QRectF(size.width() - kMargin - kThick, size.height() - legend.height - half - high, kThick, high);
    legend.numbers = QRectF(legend.bar.left() - kGap - numbers, legend.bar.top() - half, numbers, high + 2 * half);
    legend.right = size.width() - legend.numbers.left();
    return legend;
}

} // namespace headlens
