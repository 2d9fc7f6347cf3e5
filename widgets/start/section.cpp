// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/section.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace headlens {

Section::Section(double size, QWidget* parent)
    : QWidget(parent), m_size(size), m_column(new QVBoxLayout(this)), m_title(new QLabel), m_note(new QLabel),
      m_list(new RowList)
{
    m_title->setWordWrap(true);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText); // it names folders
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->hide();
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    for (QWidget* part : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_note), static_cast<QWidget*>(m_list)})
        m_column->addWidget(part);
    connect(m_list, &RowList::rowsChanged, this, &Section::controlsChanged);
    sizeTitle();
}

void Section::setTitle(const QString& title)
{
    setAccessibleName(title);
    m_list->setAccessibleName(title);
    m_title->setText(title);
}

void Section::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

QList<QWidget*> Section::controls() const
{
    const QList<Row*>& all = m_list->rows();
    return {all.begin(), all.end()};
}

int Section::filter(const QString& words)
{
    const int left = m_list->filter(words);
    setVisible(left > 0);
    return left;
}

void Section::sizeTitle()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * m_size);
    large.setBold(true);
    m_title->setFont(large);
}

void Section::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) sizeTitle();
    QWidget::changeEvent(event);
}

} // namespace headlens
