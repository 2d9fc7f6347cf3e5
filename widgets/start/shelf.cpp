// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/shelf.h"

#include "widgets/start/found_section.h"
#include "widgets/start/get_section.h"
#include "widgets/start/lesson_list.h"
#include "widgets/start/recent_section.h"
#include "widgets/start/teaching_section.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kGap = 8, kBetween = 24; // pixels

} // namespace

Shelf::Shelf(QWidget* parent)
    : QWidget(parent), m_filter(new QLineEdit), m_nothing(new QLabel), m_scroll(new QScrollArea),
      m_recent(new RecentSection), m_found(new FoundSection), m_get(new GetSection), m_teaching(new TeachingSection),
      m_lessons(new LessonList)
{
    auto* page = new QWidget;
    page->setBackgroundRole(QPalette::Window);
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(0, 0, kGap, 0);
    m_column->setSpacing(kBetween);
    m_nothing->setWordWrap(true);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->hide();
    m_column->addWidget(m_nothing);
    for (Section* section : sections()) {
        m_column->addWidget(section);
        connect(section, &Section::controlsChanged, this, &Shelf::controlsChanged);
    }
    m_column->addStretch(1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus); // the rows scroll it
    m_scroll->setWidget(page);
    m_filter->setClearButtonEnabled(true);
    m_filter->setAcceptDrops(false); // what is dropped on it is the window's
    m_lens = m_filter->addAction(icon(Icon::Search), QLineEdit::LeadingPosition);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * kGap);
    layout->addWidget(m_filter);
    layout->addWidget(m_scroll, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &Shelf::narrow);
    retranslate();
}

QList<Section*> Shelf::sections() const
{
    return {m_recent, m_found, m_get, m_teaching, m_lessons};
}

void Shelf::setModelsAlone(bool alone)
{
    m_isModelsAlone = alone;
    m_teaching->setDetailed(alone);
    narrow();
}

void Shelf::setAbove(QWidget* above)
{
    if (above != nullptr) m_column->insertWidget(0, above);
}

QList<QWidget*> Shelf::controls() const
{
    QList<QWidget*> all{m_filter};
    for (const Section* section : sections())
        if (!section->isHidden()) all << section->controls();
    return all;
}

void Shelf::narrow()
{
    const QString words = m_filter->text();
    int left = 0;
    for (Section* section : sections()) left += section->filter(words);
    if (m_isModelsAlone) m_lessons->hide();
    m_nothing->setVisible(left == 0 && !words.isEmpty());
    m_nothing->setText(tr("Nothing here has “%1” in its name.").arg(words));
    Q_EMIT controlsChanged();
}

bool Shelf::chooseFirst()
{
    const QList<QWidget*> all = controls();
    const auto first = std::ranges::find_if(all, [](const QWidget* control) {
        return qobject_cast<const QAbstractButton*>(control) != nullptr && control->isVisible();
    });
    if (first == all.end()) return false;
    static_cast<QAbstractButton*>(*first)->click();
    return true;
}

void Shelf::showLessons()
{
    m_filter->clear();
    if (m_lessons->rows().isEmpty()) return;
    m_lessons->rows().first()->setFocus(Qt::TabFocusReason);
    m_scroll->widget()->layout()->activate(); // its height counts the lessons
    m_scroll->verticalScrollBar()->setValue(m_lessons->y());
}

void Shelf::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter models and lessons ( / )"));
    m_filter->setAccessibleName(tr("Filter models and lessons"));
    m_lens->setText(tr("Filter models and lessons"));
    narrow();
}

void Shelf::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
