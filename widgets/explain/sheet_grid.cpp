// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sheet_grid.h"

#include "widgets/explain/explain_words.h"
#include "widgets/explain/sheet_paint.h"
#include "widgets/figure/figure_panels.h"
#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/viewmodel/not_yet.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace headlens {

SheetGrid::SheetGrid(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_sheet(model->sheet()), m_selection(selection), m_display(display),
      m_seen(photographOf(model->run(), false))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(false);
    connect(m_sheet, &MethodSheet::changed, this, &SheetGrid::follow);
    connect(m_model, &InspectionModel::inputChanged, this, [this] {
        m_seen = photographOf(m_model->run(), false);
        m_photograph = {};
        follow();
    });
    connect(m_selection, &Selection::mapChanged, this, &SheetGrid::follow);
    connect(m_display, &DisplaySettings::changed, this, qOverload<>(&QWidget::update));
    follow();
}

QSize SheetGrid::minimumSizeHint() const
{
    return {120, std::max(80, int(m_layout.height))};
}

int SheetGrid::sides() const
{
    return m_sheet->showsTwo() ? 2 : 1;
}

int SheetGrid::methods() const
{
    return int(m_sheet->tiles().size()) / sides();
}

QString SheetGrid::methodAt(int place) const
{
    return place < 0 || place >= methods() ? QString()
                                           : m_sheet->tiles()[std::size_t(place) * std::size_t(sides())].method;
}

void SheetGrid::arrange()
{
    const double aspect = m_seen.isNull() ? 1 : double(m_seen.height()) / m_seen.width();
    const double before = m_layout.height;
    m_layout = SheetLayout::of(methods(), sides(), width(), aspect, fontMetrics().height() + kGap);
    if (before != m_layout.height) updateGeometry();
}

void SheetGrid::follow()
{
    if (!m_sheet->isOffered()) m_pressed = m_drop = -1;
    m_current = std::clamp(m_current, 0, std::max(0, methods() - 1));
    arrange();
    describe();
    update();
}

QString SheetGrid::headingOf(const QString& method, int side) const
{
    QString title = methodTitle(*m_model, method);
    if (!m_sheet->showsTwo()) return title;
    const QString name = classTitle(*m_model, m_sheet->score(side).target);
    return side == 0 ? tr("%1: %2").arg(title, name) : name; // beside it
}

void SheetGrid::describe()
{
    setAccessibleName(tr("Sheet of methods"));
    const SheetTile* tile = m_sheet->tile(methodAt(m_current));
    QString said = tile == nullptr ? notYet(*m_model) : tileText(*m_model, *tile);
    if (tile != nullptr) said += tr(" (%1 of %2)").arg(m_current + 1).arg(methods());
    if (said != accessibleDescription()) setAccessibleDescription(said);
}

const QPixmap& SheetGrid::photograph(const QSizeF& size)
{
    const QSize pixels = (size * devicePixelRatioF()).toSize();
    if (m_photograph.size() != pixels && !m_seen.isNull()) {
        m_photograph = QPixmap::fromImage(m_seen.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        m_photograph.setDevicePixelRatio(devicePixelRatioF());
    }
    return m_photograph;
}

void SheetGrid::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (m_layout.cells.empty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(kGap, kGap, -kGap, -kGap), Qt::AlignCenter | Qt::TextWordWrap,
                         m_model->hasInput() ? tr("The sheet is for pictures: this input has none.")
                                             : notYet(*m_model));
        return;
    }
    for (const SheetLayout::Cell& cell : m_layout.cells) {
        if (!cell.whole().adjusted(-4, -4, 4, 4).intersects(event->rect())) continue;
        const SheetTile& tile = tileOf(cell);
        const TokenLayout* patches = m_model->run().pictureOf(tile.display.rows(), tile.display.columns());
        const TileLook look{headingOf(tile.method, cell.side),
                            patches == nullptr ? QRectF(0, 0, 1, 1) : gridShare(*patches, m_model->run()),
                            m_selection->map() == tile.method, hasFocus() && cell.method == m_current && cell.side == 0,
                            m_drop >= 0 && cell.method == m_pressed};
        paintTile(painter, cell, tile, look, photograph(cell.picture.size()), m_display->get(), *this);
    }
    const SheetLayout::Cell* drop = m_drop == m_pressed ? nullptr : m_layout.cellOf(m_drop);
    if (drop == nullptr) return;
    const double x = m_drop < m_pressed ? drop->whole().left() - kTight
                                        : m_layout.cellOf(m_drop, sides() - 1)->whole().right() + kTight;
    painter.setPen(QPen(palette().color(QPalette::Highlight), kFocusWidth));
    painter.drawLine(QLineF(x, drop->whole().top(), x, drop->whole().bottom()));
}

void SheetGrid::resizeEvent(QResizeEvent*)
{
    arrange();
}

void SheetGrid::open(int place)
{
    const QString method = methodAt(place);
    const SheetTile* tile = m_sheet->tile(method);
    if (tile == nullptr) return;
    setCurrent(place);
    using enum SheetTile::State;
    if (tile->state == Dear || tile->state == Failed) return m_sheet->compute(method);
    if (tile->state == Computing) return m_sheet->stop(method);
    m_selection->setMap(method);
}

void SheetGrid::setCurrent(int place)
{
    m_current = std::clamp(place, 0, std::max(0, methods() - 1));
    describe();
    update();
}

void SheetGrid::move(int from, int to)
{
    if (to < 0 || to >= methods()) return;
    m_sheet->move(from, to);
    setCurrent(to);
}

void SheetGrid::mousePressEvent(QMouseEvent* event)
{
    const SheetLayout::Cell* cell = m_layout.cellAt(event->position());
    m_pressed = event->button() == Qt::LeftButton && cell != nullptr ? cell->method : -1;
    m_drop = -1;
    m_from = event->position();
}

void SheetGrid::mouseMoveEvent(QMouseEvent* event)
{
    if (m_pressed < 0) return;
    const bool drags =
        m_drop >= 0 || (event->position() - m_from).manhattanLength() >= QApplication::startDragDistance();
    if (!drags) return;
    m_drop = m_layout.dropAt(event->position());
    update();
}

void SheetGrid::mouseReleaseEvent(QMouseEvent* event)
{
    const int from = std::exchange(m_pressed, -1), to = std::exchange(m_drop, -1);
    if (from < 0 || event->button() != Qt::LeftButton) return;
    update();
    if (to >= 0) return move(from, to);
    open(from);
}

const SheetTile& SheetGrid::tileOf(const SheetLayout::Cell& cell) const
{
    return m_sheet->tiles()[std::size_t(cell.method) * std::size_t(sides()) + std::size_t(cell.side)];
}

// By how many methods a key goes on; 0: it is none of those.
int SheetGrid::stepOf(int key) const
{
    switch (key) {
    case Qt::Key_Left: return -1;
    case Qt::Key_Right: return 1;
    case Qt::Key_Up: return -m_layout.columns;
    case Qt::Key_Down: return m_layout.columns;
    case Qt::Key_Home: return -m_current;
    case Qt::Key_End: return methods() - 1 - m_current;
    default: return 0;
    }
}

void SheetGrid::goTo(int to, bool moves)
{
    if (to < 0 || to >= methods()) return;
    if (moves)
        move(m_current, to);
    else
        setCurrent(to);
    if (const SheetLayout::Cell* cell = m_layout.cellOf(m_current)) Q_EMIT reached(cell->whole().toAlignedRect());
}

// Ends a drag, else what is being computed; false: there is neither.
bool SheetGrid::letGo()
{
    if (m_drop >= 0) {
        m_pressed = m_drop = -1;
        update();
        return true;
    }
    const SheetTile* tile = m_sheet->tile(methodAt(m_current));
    if (tile == nullptr || tile->state != SheetTile::State::Computing) return false;
    m_sheet->stop(tile->method);
    return true;
}

void SheetGrid::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (const int step = stepOf(key); step != 0)
        return goTo(m_current + step, event->modifiers().testFlag(Qt::AltModifier));
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) return open(m_current);
    if (key != Qt::Key_Escape || !letGo()) QWidget::keyPressEvent(event);
}

void SheetGrid::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const SheetLayout::Cell* cell = byKey ? m_layout.cellOf(m_current) : m_layout.cellAt(event->pos());
    if (cell == nullptr) return;
    const int place = cell->method;
    const QString method = methodAt(place);
    const SheetTile* tile = m_sheet->tile(method);
    const QPoint at = byKey ? mapToGlobal(cell->picture.center().toPoint()) : event->globalPos();
    setCurrent(place);
    QMenu menu;
    const QAction* shows = menu.addAction(tr("Open on the canvas"));
    QAction* computes = menu.addAction(tr("Compute, whatever it costs"));
    computes->setEnabled(!tile->judged);
    QAction* stops = menu.addAction(tr("Stop computing"));
    stops->setEnabled(tile->state == SheetTile::State::Computing || tile->state == SheetTile::State::Waiting);
    menu.addSeparator();
    QAction* earlier = menu.addAction(tr("Move one place forward"));
    earlier->setEnabled(place > 0);
    QAction* later = menu.addAction(tr("Move one place back"));
    later->setEnabled(place + 1 < methods());
    const QAction* picked = menu.exec(at);
    if (picked == shows) m_selection->setMap(method);
    if (picked == computes) m_sheet->compute(method);
    if (picked == stops) m_sheet->stop(method);
    if (picked == earlier) move(place, place - 1);
    if (picked == later) move(place, place + 1);
}

void SheetGrid::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    const SheetLayout::Cell* cell = m_layout.cellOf(m_current);
    if (event->reason() != Qt::MouseFocusReason && cell != nullptr) Q_EMIT reached(cell->whole().toAlignedRect());
    update();
}

bool SheetGrid::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) follow();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const SheetLayout::Cell* cell = m_layout.cellAt(help->pos());
    if (cell == nullptr) {
        QToolTip::hideText();
        return true;
    }
    const SheetTile& tile = tileOf(*cell);
    const verbs::MethodInfo* method = m_model->map()->method(tile.method);
    QToolTip::showText(help->globalPos(),
                       tileText(*m_model, tile) +
                           (method == nullptr ? QString() : QLatin1Char('\n') + methodText(method->says)),
                       this);
    return true;
}

} // namespace headlens
