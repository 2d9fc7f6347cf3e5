// SPDX-License-Identifier: GPL-3.0-or-later
// How TilesStrip is used: mouse, keys and menu.
#include "widgets/text/tiles_strip.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace headlens {

void TilesStrip::goTo(int token)
{
    const int last = int(tokens().size()) - 1;
    if (last < 0) return;
    if (m_tokens->query().stream == 0)
        m_tokens->setToken(std::clamp(token, 0, last));
    else
        m_tokens->hover({0, std::clamp(token, 0, last)});
}

// To the tile of the next line whose middle is nearest.
void TilesStrip::goToLine(int by)
{
    const QRectF here = tileRect(query());
    int best = -1;
    double nearest = 0;
    for (int i = 0; i < int(tokens().size()) && !here.isEmpty(); ++i) {
        const QRectF tile = tileRect(i);
        if (std::abs(tile.top() - here.top() - by * lineStep()) > 1) continue;
        const double far = std::abs(tile.center().x() - here.center().x());
        if (best >= 0 && far >= nearest) continue;
        best = i;
        nearest = far;
    }
    if (best >= 0) goTo(best);
}

void TilesStrip::mouseMoveEvent(QMouseEvent* event)
{
    const int token = tokenAt(event->position());
    if (token == m_hovered) return;
    m_hovered = token;
    Q_EMIT lookedChanged();
}

void TilesStrip::leaveEvent(QEvent*)
{
    m_hovered = -1;
    Q_EMIT lookedChanged();
}

void TilesStrip::mousePressEvent(QMouseEvent* event)
{
    const int token = tokenAt(event->position());
    if (event->button() == Qt::LeftButton && token >= 0) m_tokens->pin({0, token});
}

void TilesStrip::keyPressEvent(QKeyEvent* event)
{
    const int here = query();
    switch (event->key()) {
    case Qt::Key_Left: return goTo(here - 1);
    case Qt::Key_Right: return goTo(here + 1);
    case Qt::Key_Up: return goToLine(-1);
    case Qt::Key_Down: return goToLine(1);
    case Qt::Key_Home: return goTo(0);
    case Qt::Key_End: return goTo(int(tokens().size()) - 1);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (here >= 0) Q_EMIT removeAsked(here);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (here >= 0) offer(here, mapToGlobal(tileRect(here).bottomLeft().toPoint()));
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void TilesStrip::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int token = byMouse ? tokenAt(event->pos()) : query();
    if (token >= 0) offer(token, byMouse ? event->globalPos() : mapToGlobal(tileRect(token).bottomLeft().toPoint()));
}

// What an injected state or object can be swapped for; nothing of words and pictures.
void TilesStrip::offer(int token, const QPoint& where)
{
    const verbs::TextToken& tile = tokens()[std::size_t(token)];
    const TileKind kind = kindOf(tile);
    if (kind != TileKind::State && kind != TileKind::Object) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto word = stateWordOf(tile.piece)) {
        const auto add = [&](QMenu* to, const QString& name, const StateWord& other) {
            const QString asked = QString::fromStdString(other.text());
            QAction* one = to->addAction(name, this, [this, token, asked] { Q_EMIT swapAsked(token, asked); });
            one->setCheckable(true);
            one->setChecked(other.text() == tile.piece);
        };
        QMenu* colours = menu->addMenu(tr("Another colour"));
        for (const std::string& colour : stateColours())
            add(colours, QString::fromStdString(colour), {colour, word->cell, word->upper});
        QMenu* cells = menu->addMenu(tr("Another cell"));
        for (const std::string& cell : stateCells())
            add(cells, QString::fromStdString(cell), {word->colour, cell, word->upper});
        QMenu* stands = menu->addMenu(tr("It stands"));
        add(stands, tr("on the table"), {word->colour, word->cell, false});
        add(stands, tr("on another block"), {word->colour, word->cell, true});
    }
    menu->addAction(tr("Take it out of the text"), this, [this, token] { Q_EMIT removeAsked(token); });
    menu->popup(where);
}

} // namespace headlens
