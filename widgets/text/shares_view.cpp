// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/shares_view.h"

#include "widgets/style/tokens.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/selection.h"

#include <QEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <map>

namespace headlens {

SharesView::SharesView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads())
{
    setFocusPolicy(Qt::StrongFocus);
    connect(model->rows(), &LiveRows::changed, this, &SharesView::refresh);
    connect(model, &InspectionModel::inputChanged, this, &SharesView::refresh);
    connect(m_heads, &HeadChoice::changed, this, &SharesView::refresh);
    refresh();
}

void SharesView::refresh()
{
    setAccessibleName(tr("Where the answer looks, by layer"));
    setAccessibleDescription(legend());
    update();
}

double SharesView::legendHeight() const
{
    return 2.0 * fontMetrics().lineSpacing() + 2 * kGap;
}

double SharesView::labelWidth() const
{
    return fontMetrics().horizontalAdvance(QStringLiteral("000"));
}

std::vector<SharesView::Bar> SharesView::bars() const
{
    std::vector<Bar> bars;
    if (!hasShares(*m_model)) return bars;
    const auto& blocks = m_model->input().blocks;
    const auto& streams = m_model->input().streams;
    std::map<int, std::vector<Share>> parts; // by stream: worked out once
    for (int layer = 0; layer < int(blocks.size()); ++layer) {
        const verbs::BlockGrid& block = blocks[std::size_t(layer)];
        const auto asking = std::size_t(block.queryStream);
        if (asking >= streams.size() || streams[asking].tokens.empty()) continue;
        const auto [of, isNew] = parts.try_emplace(block.keyStream);
        if (isNew) of->second = partsOf(*m_model, block.keyStream);
        bars.push_back({layer, sharesOf(*m_model, *m_heads, layer, of->second), {}});
    }
    constexpr double kThickest = 26, kAir = 0.2; // of a bar's room
    const double room = std::max(1.0, height() - legendHeight() - kGap) / double(std::max<std::size_t>(1, bars.size()));
    const double step = std::min(kThickest, room), left = labelWidth() + 2 * kGap;
    for (std::size_t i = 0; i < bars.size(); ++i)
        bars[i].rect = QRectF(left, legendHeight() + double(i) * step, std::max(1.0, width() - left - kGap),
                              step > 3 ? step * (1 - kAir) : step);
    return bars;
}

QString SharesView::legend() const
{
    const verbs::Rows& of = m_model->rows()->of();
    if (of.reverse) return tr("Who attends to a token has no shares: turn the direction around.");
    if (of.difference) return tr("A difference has no shares: show the run itself.");
    if (const auto shares = sharesOf(*m_model, *m_heads, m_heads->layer())) return sharesInWords(*shares);
    return tr("Point at a word; layer %1 has no row of this token.").arg(m_heads->layer());
}

void SharesView::paintBar(QPainter& painter, const Bar& bar, bool isChosen) const
{
    const Tones tones = tonesOf(palette());
    const bool isLabelled = isChosen || bar.layer % std::max(1, int(fontMetrics().height() / bar.rect.height())) == 0;
    painter.setPen(isChosen ? tones.text : tones.quiet);
    const QRectF label(0, bar.rect.center().y() - fontMetrics().height() / 2.0, labelWidth() + kGap,
                       fontMetrics().height());
    if (isLabelled) painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter, QString::number(bar.layer));
    painter.fillRect(bar.rect, tones.alternate);
    double from = bar.rect.left();
    for (int i = 0; bar.shares && i < kShares; ++i) {
        const double wide = bar.rect.width() * (*bar.shares)[std::size_t(i)];
        painter.fillRect(QRectF(from, bar.rect.top(), wide, bar.rect.height()), shareColor(Share(i)));
        from += wide;
    }
    if (!isChosen) return;
    painter.setPen(QPen(tones.accent, kFocusWidth));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar.rect.adjusted(-1, -1, 1, 1));
}

// Swatches with their names, then what the chosen layer says.
double SharesView::paintLegend(QPainter& painter) const
{
    const Tones tones = tonesOf(palette());
    const double line = fontMetrics().lineSpacing(), swatch = fontMetrics().ascent() * 0.8;
    double x = kGap;
    painter.setPen(tones.text);
    for (int i = 0; i < kShares; ++i) {
        const QString title = shareTitle(Share(i));
        painter.fillRect(QRectF(x, kTight + (line - swatch) / 2, swatch, swatch), shareColor(Share(i)));
        painter.drawText(QPointF(x + swatch + kTight, kTight + fontMetrics().ascent()), title);
        x += swatch + kTight + fontMetrics().horizontalAdvance(title) + kWide;
    }
    painter.setPen(tones.quiet);
    const QRectF words(kGap, kTight + line, width() - 2.0 * kGap, line);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(legend(), Qt::ElideRight, int(words.width())));
    return legendHeight();
}

void SharesView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintLegend(painter);
    for (const Bar& bar : bars()) paintBar(painter, bar, bar.layer == m_heads->layer());
}

void SharesView::mousePressEvent(QMouseEvent* event)
{
    for (const Bar& bar : bars())
        if (event->position().y() >= bar.rect.top() && event->position().y() <= bar.rect.bottom())
            return m_heads->setLayer(bar.layer);
}

void SharesView::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
    if (step == 0) return QWidget::keyPressEvent(event);
    const std::vector<Bar> all = bars();
    const auto here = std::ranges::find(all, m_heads->layer(), &Bar::layer);
    if (all.empty()) return;
    const auto at =
        here == all.end() ? 0 : std::clamp<std::ptrdiff_t>(here - all.begin() + step, 0, std::ssize(all) - 1);
    m_heads->setLayer(all[std::size_t(at)].layer);
}

bool SharesView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (const Bar& bar : bars())
        if (bar.shares && bar.rect.contains(help->pos())) {
            QToolTip::showText(help->globalPos(), tr("Layer %1: %2").arg(bar.layer).arg(sharesInWords(*bar.shares)),
                               this);
            return true;
        }
    QToolTip::hideText();
    return true;
}

void SharesView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

} // namespace headlens
