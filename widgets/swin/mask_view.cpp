// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/swin/mask_view.h"

#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"

#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdlib>

namespace headlens {

MaskView::MaskView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_text(new QLabel)
{
    setMouseTracking(true);
    setAccessibleName(tr("Shift mask of the window"));
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_text);
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(3 * m_text->fontMetrics().height());
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    const auto again = [this] {
        m_query = m_key = -1;
        say();
        update();
    };
    connect(model, &InspectionModel::inputChanged, this, again);
    connect(m_heads, &HeadChoice::changed, this, again);
    connect(m_tokens, &TokenChoice::changed, this, again);
    say();
}

int MaskView::window() const
{
    const TokenLayout& layout = m_model->rows()->keyLayout();
    return windowOf(layout.block, layout.parentToken(m_tokens->query().token));
}

QRectF MaskView::matrixRect() const
{
    const double room = std::min(width() * 0.62 - 12, double(m_text->y()) - 12);
    return {width() - room - 8, 8, std::max(1.0, room), std::max(1.0, room)};
}

QRectF MaskView::regionRect() const
{
    const double side = std::max(1.0, std::min(matrixRect().left() - 20, matrixRect().height()));
    return {8, 8, side, side};
}

void MaskView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const verbs::BlockGrid& block = m_model->rows()->keyLayout().block;
    if (!m_model->hasInput() || !isWindowed(block)) return;
    const WindowGrid windows = windowsOf(block);
    painter.drawImage(matrixRect(), maskImage(windows));
    paintRegions(painter, windows);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(matrixRect());
    painter.drawRect(regionRect());
}

// [query, key] of the window: dark where the mask cuts, else the colour of the region.
QImage MaskView::maskImage(const WindowGrid& windows) const
{
    const int n = windows.tokensPerWindow(), shown = window();
    QImage matrix(n, n, QImage::Format_RGB32);
    for (int query = 0; query < n; ++query)
        for (int key = 0; key < n; ++key) {
            const int region = windows.regionOf({shown, query});
            const bool cut = region != windows.regionOf({shown, key});
            matrix.setPixelColor(key, query, cut ? QColor(30, 30, 30) : headQColor(region));
        }
    return matrix;
}

// The tokens of the window in place, each with the number of its region.
void MaskView::paintRegions(QPainter& painter, const WindowGrid& windows) const
{
    const int shown = window();
    const QRectF small = regionRect();
    const double w = small.width() / windows.windowWidth, h = small.height() / windows.windowHeight;
    for (int i = 0; i < windows.tokensPerWindow(); ++i) {
        const int column = i % windows.windowWidth, row = i / windows.windowWidth;
        const QRectF cell(small.left() + column * w, small.top() + row * h, w, h);
        painter.fillRect(cell, headQColor(windows.regionOf({shown, i})));
        painter.setPen(Qt::black);
        if (w > 12) painter.drawText(cell, Qt::AlignCenter, QString::number(windows.regionOf({shown, i})));
        if (i != m_query && i != m_key) continue;
        painter.setPen(QPen(i == m_query ? QColor(255, 90, 60) : QColor(20, 60, 160), 3));
        painter.drawRect(cell);
    }
}

QString MaskView::explanation(int query, int key) const
{
    const WindowGrid windows = windowsOf(m_model->rows()->keyLayout().block);
    const int shown = window();
    const Cell a = windows.cellOf({shown, query}), b = windows.cellOf({shown, key});
    const QString pair =
        tr("Query (row %1, column %2) and key (row %3, column %4)").arg(a.y).arg(a.x).arg(b.y).arg(b.x);
    if (!windows.isReal(a) || !windows.isReal(b))
        return tr("%1: one of them is padding, which is not masked.").arg(pair);
    if (windows.regionOf({shown, query}) == windows.regionOf({shown, key}))
        return tr("%1 may look at each other: they are neighbours in the picture.").arg(pair);
    return tr("%1 are cut (−100 before the softmax): %2 rows and %3 columns apart in the picture, only the roll "
              "brought "
              "them into one window.")
        .arg(pair)
        .arg(std::abs(a.y - b.y))
        .arg(std::abs(a.x - b.x));
}

void MaskView::mouseMoveEvent(QMouseEvent* event)
{
    const verbs::BlockGrid& block = m_model->rows()->keyLayout().block;
    if (!m_model->hasInput() || !isWindowed(block)) return;
    const int n = windowsOf(block).tokensPerWindow();
    const QRectF matrix = matrixRect();
    const QPointF at((event->position().x() - matrix.left()) / matrix.width(),
                     (event->position().y() - matrix.top()) / matrix.height());
    const bool inside = at.x() >= 0 && at.y() >= 0 && at.x() < 1 && at.y() < 1;
    m_query = inside ? int(at.y() * n) : -1;
    m_key = inside ? int(at.x() * n) : -1;
    say();
    update();
}

void MaskView::say()
{
    const verbs::BlockGrid& block = m_model->rows()->keyLayout().block;
    if (!m_model->hasInput() || !isWindowed(block)) return m_text->setText(tr("This block has no windows."));
    if (m_query >= 0) return m_text->setText(explanation(m_query, m_key));
    const WindowGrid windows = windowsOf(block);
    const bool mixed = windows.piecesOf(window()).size() > 1;
    m_text->setText(mixed ? tr("Window %1. Left its tokens by region, right its mask: queries down, keys across, black "
                               "pairs are cut. Point at a pair.")
                                .arg(window())
                          : tr("Window %1 lies in one piece: no pair is cut.").arg(window()));
}

void MaskView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Shift mask of the window"));
        say();
    }
    QWidget::changeEvent(event);
}

} // namespace headlens
