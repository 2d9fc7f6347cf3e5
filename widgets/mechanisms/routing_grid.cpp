// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/routing_grid.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/mechanisms/routing.h"
#include "widgets/viewmodel/live_rows.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace headlens {
namespace {

constexpr double kLabel = 26, kMargin = 3;
constexpr int kLeastLine = 16, kMostLine = 26;

} // namespace

RoutingGrid::RoutingGrid(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens())
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    connect(model, &InspectionModel::inputChanged, this, [this] {
        updateGeometry();
        tell();
    });
    connect(m_heads, &HeadChoice::changed, this, &RoutingGrid::tell);
    connect(m_tokens, &TokenChoice::changed, this, &RoutingGrid::tell);
    tell();
}

int RoutingGrid::tokens() const
{
    int most = 1;
    for (const verbs::BlockGrid& block : m_model->input().blocks) most = std::max(most, tokensOf(block));
    return most;
}

QSize RoutingGrid::minimumSizeHint() const
{
    const int layers = std::max(1, int(m_model->input().blocks.size()));
    return {220, std::max(60, layers * std::clamp(110 / layers, kLeastLine, kMostLine) + fontMetrics().height() + 8)};
}

QRectF RoutingGrid::cellRect(int layer, int token) const
{
    const int layers = std::max(1, int(m_model->input().blocks.size()));
    const double wide = (width() - kLabel - 2 * kMargin) / tokens();
    const double high = (height() - fontMetrics().height() - 8.0) / layers;
    return {kLabel + token * wide, kMargin + layer * high, wide, high - 3};
}

RoutingGrid::Place RoutingGrid::placeAt(const QPointF& point) const
{
    for (int layer = 0; layer < int(m_model->input().blocks.size()); ++layer) {
        const QRectF first = cellRect(layer, 0);
        const int keys = tokensOf(m_model->input().blocks[std::size_t(layer)]);
        const QRectF line(first.topLeft(), cellRect(layer, keys - 1).bottomRight());
        if (!line.adjusted(0, -1, 0, 2).contains(point)) continue;
        return {layer, std::clamp(int((point.x() - line.left()) / first.width()), 0, keys - 1)};
    }
    return {};
}

void RoutingGrid::paintLayer(QPainter& painter, int layer) const
{
    const verbs::BlockGrid& block = m_model->input().blocks[std::size_t(layer)];
    const bool looked = layer == m_heads->layer();
    const QColor text = palette().color(QPalette::WindowText);
    const QRectF line(cellRect(layer, 0).topLeft(), cellRect(layer, std::max(0, tokensOf(block) - 1)).bottomRight());
    QFont bold = font();
    bold.setBold(looked);
    painter.setFont(bold);
    painter.setPen(text);
    painter.drawText(QRectF(0, line.top(), kLabel - 4, line.height()), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(layer));
    painter.setFont(font());
    painter.fillRect(line, palette().color(QPalette::Base));
    if (isRouted(block)) {
        painter.fillRect(line, hatch(palette()));
        for (const int token : block.taking)
            painter.fillRect(cellRect(layer, token), palette().color(QPalette::Highlight));
    } else {
        painter.fillRect(line, palette().color(QPalette::PlaceholderText)); // all of them, by no choice
    }
    painter.setPen(QPen(looked ? text : palette().color(QPalette::Mid), looked ? 2 : 1));
    painter.drawRect(line);
}

void RoutingGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int layers = int(m_model->input().blocks.size());
    for (int layer = 0; layer < layers; ++layer) paintLayer(painter, layer);
    painter.setPen(palette().color(QPalette::WindowText));
    const double line = fontMetrics().height();
    const QRectF below(0, height() - line - 2, width(), line);
    const QString said = layers > 0 ? sentence(m_heads->layer(), m_tokens->query().token) : tr("Nothing inspected yet");
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(said, Qt::ElideRight, int(below.width())));
    if (layers > 0 && m_tokens->query().token < tokens()) { // the chosen token, through all blocks
        const QRectF first = cellRect(0, m_tokens->query().token);
        painter.setPen(QPen(QColor(255, 90, 60), 2));
        painter.drawRect(QRectF(first.topLeft(), cellRect(layers - 1, m_tokens->query().token).bottomRight())
                             .adjusted(-1, -2, 1, 2));
    }
    paintFocus(painter, *this);
}

QString RoutingGrid::sentence(int layer, int token) const
{
    if (layer < 0 || layer >= int(m_model->input().blocks.size())) return {};
    const verbs::BlockGrid& block = m_model->input().blocks[std::size_t(layer)];
    const QString name = m_model->rows()->layoutOf(layer).name(token);
    if (!isRouted(block)) return tr("Block %1 processes every token").arg(layer);
    const bool takes = takesPart(block, token), competes = token >= specialTokens(block);
    const double score = std::size_t(token) < block.router.size() ? block.router[std::size_t(token)] : 0;
    if (!competes) return tr("Block %1 processes %2 in any case").arg(QString::number(layer), name);
    return (takes ? tr("Block %1 processes %2, score %3") : tr("Block %1 passes %2 by, score %3"))
        .arg(QString::number(layer), name, shortNumber(score));
}

void RoutingGrid::tell()
{
    setAccessibleName(tr("Tokens that each block processes"));
    setAccessibleDescription(sentence(m_heads->layer(), m_tokens->query().token));
    update();
}

void RoutingGrid::mousePressEvent(QMouseEvent* event)
{
    const Place place = placeAt(event->position());
    if (place.layer < 0 || event->button() != Qt::LeftButton) return;
    m_heads->setLayer(place.layer);
    m_tokens->setToken(place.token);
}

void RoutingGrid::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: return m_tokens->setToken(m_tokens->query().token - 1);
    case Qt::Key_Right: return m_tokens->setToken(m_tokens->query().token + 1);
    case Qt::Key_Up: return m_heads->setLayer(m_heads->layer() - 1);
    case Qt::Key_Down: return m_heads->setLayer(m_heads->layer() + 1);
    default: QWidget::keyPressEvent(event);
    }
}

void RoutingGrid::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

bool RoutingGrid::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Place place = placeAt(help->pos());
    if (place.layer >= 0)
        QToolTip::showText(help->globalPos(), sentence(place.layer, place.token), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace headlens
