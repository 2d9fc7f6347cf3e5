// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/row_list.h"

#include "widgets/start/tab_stop.h"

#include <QKeyEvent>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kUsualWidth = 600; // pixels

} // namespace

RowList::RowList(QWidget* parent) : QWidget(parent), m_stop(new TabStop(this))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void RowList::setRows(const QList<RowContent>& contents)
{
    const qsizetype before = m_rows.size();
    const bool loses = before > contents.size() && std::ranges::any_of(m_rows.mid(contents.size()), &QWidget::hasFocus);
    while (m_rows.size() > contents.size()) delete m_rows.takeLast();
    for (qsizetype i = 0; i < contents.size(); ++i) {
        if (i == m_rows.size())
            add(contents[i]);
        else if (m_rows[i]->content() != contents[i])
            m_rows[i]->setContent(contents[i]);
    }
    filter(m_words);
    if (loses && !shown().isEmpty()) shown().last()->setFocus(Qt::OtherFocusReason);
    if (before != m_rows.size()) Q_EMIT rowsChanged();
}

void RowList::add(const RowContent& content)
{
    auto* row = new Row(content, this);
    const int index = int(m_rows.size());
    connect(row, &Row::clicked, this, [this, index] { Q_EMIT chosen(index); });
    connect( // whoever pressed its button is told of the row only after the click is over: the row may go
        row, &Row::removeWanted, this, [this, index] { Q_EMIT removeWanted(index); }, Qt::QueuedConnection);
    m_rows.append(row);
}

QList<Row*> RowList::shown() const
{
    QList<Row*> all;
    for (Row* row : m_rows)
        if (!row->isHidden()) all << row;
    return all;
}

int RowList::filter(const QString& words)
{
    m_words = words;
    for (Row* row : m_rows) row->setVisible(matches(row->content(), words));
    const QList<Row*> left = shown();
    m_stop->setWidgets({left.begin(), left.end()});
    arrange();
    return int(left.size());
}

void RowList::arrange()
{
    int column = 0;
    for (const Row* row : shown()) column = std::max(column, row->nameWidth());
    for (Row* row : m_rows) row->setColumn(column);
    arranged(width(), true);
    updateGeometry();
}

int RowList::arranged(int width, bool moves) const
{
    int top = 0;
    for (Row* row : shown()) {
        const int high = row->heightForWidth(width);
        if (moves) row->setGeometry(0, top, width, high);
        top += high;
    }
    return top;
}

QSize RowList::sizeHint() const
{
    return {kUsualWidth, heightForWidth(kUsualWidth)};
}

bool RowList::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::FontChange) arrange();
    return QWidget::event(event);
}

void RowList::resizeEvent(QResizeEvent* event)
{
    arranged(width(), true);
    QWidget::resizeEvent(event);
}

// At its ends the key is the page's, which knows what lies above and below.
void RowList::keyPressEvent(QKeyEvent* event)
{
    const QList<Row*> all = shown();
    const qsizetype at = all.indexOf(qobject_cast<Row*>(focusWidget()));
    const bool isUp = event->key() == Qt::Key_Up, isStep = isUp || event->key() == Qt::Key_Down;
    qsizetype to = isUp ? at - 1 : at + 1;
    if (event->key() == Qt::Key_Home) to = 0;
    if (event->key() == Qt::Key_End) to = all.size() - 1;
    const bool isEdge = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if (at < 0 || to < 0 || to >= all.size() || !(isStep || isEdge)) return event->ignore();
    all[to]->setFocus(Qt::TabFocusReason); // by the keyboard: it is framed
}

} // namespace headlens
