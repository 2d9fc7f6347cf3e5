// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/start_page.h"

#include "widgets/start/card.h"
#include "widgets/start/found_section.h"
#include "widgets/start/get_section.h"
#include "widgets/start/lesson_list.h"
#include "widgets/start/neighbours.h"
#include "widgets/start/recent_section.h"
#include "widgets/start/shelf.h"
#include "widgets/start/teaching_section.h"
#include "widgets/start/welcome.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kEdge = 24, kGap = 24;      // pixels
constexpr int kNarrow = 110, kWide = 240; // letters: below the first the sides stand above each other

bool isArrow(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent), m_welcome(new Welcome), m_shelf(new Shelf), m_left(new QScrollArea), m_sides(new QHBoxLayout)
{
    setFocusPolicy(Qt::NoFocus);
    build();
    listen();
    retranslate();
    orderTabs();
}

void StartPage::build()
{
    m_left->setWidgetResizable(true);
    m_left->setFrameShape(QFrame::NoFrame);
    m_left->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_left->setFocusPolicy(Qt::NoFocus);
    m_left->setWidget(m_welcome);
    m_sides->setSpacing(kGap);
    m_sides->addWidget(m_left, 2);
    m_sides->addWidget(m_shelf, 3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_sides, 1);
    layout->addWidget(m_foot = buildFoot());
    for (QWidget* watched : {static_cast<QWidget*>(m_left), static_cast<QWidget*>(m_shelf->scroll())})
        watched->installEventFilter(this);
}

void StartPage::listen()
{
    connect(m_welcome, &Welcome::pictureWanted, this, &StartPage::pictureWanted);
    connect(m_welcome, &Welcome::sentenceWanted, this, &StartPage::sentenceWanted);
    connect(m_welcome, &Welcome::modelWanted, this, &StartPage::modelWanted);
    connect(m_welcome, &Welcome::lessonWanted, m_shelf, &Shelf::showLessons);
    connect(m_welcome, &Welcome::exampleWanted, this, &StartPage::exampleWanted);
    connect(m_welcome, &Welcome::dropped, this, &StartPage::dropped);
    connect(m_shelf->teaching(), &TeachingSection::chosen, this, &StartPage::modelChosen);
    connect(m_shelf->lessons(), &LessonList::chosen, this, &StartPage::lessonChosen);
    connect(m_shelf->get(), &GetSection::copied, this, &StartPage::commandCopied);
    connect(m_shelf, &Shelf::controlsChanged, this, &StartPage::orderTabs);
    connect(m_shelf->filter(), &QLineEdit::returnPressed, m_shelf, &Shelf::chooseFirst);
}

QWidget* StartPage::buildFoot()
{
    auto* foot = new QFrame;
    foot->setFrameShape(QFrame::StyledPanel);
    auto* layout = new QHBoxLayout(foot);
    layout->addWidget(m_hint = new QLabel, 1);
    layout->addWidget(m_atStart = new QCheckBox);
    layout->addWidget(m_skip = new QPushButton);
    m_skip->setObjectName(QStringLiteral("skip"));
    m_hint->setWordWrap(true);
    connect(m_atStart, &QCheckBox::clicked, this, &StartPage::shownAtStartChanged);
    connect(m_skip, &QPushButton::clicked, this, &StartPage::skipped);
    return foot;
}

FoundSection* StartPage::found() const
{
    return m_shelf->found();
}

RecentSection* StartPage::recent() const
{
    return m_shelf->recent();
}

LessonList* StartPage::lessons() const
{
    return m_shelf->lessons();
}

QLineEdit* StartPage::filter() const
{
    return m_shelf->filter();
}

QList<QAbstractButton*> StartPage::doors() const
{
    return m_welcome->doors();
}

QList<QAbstractButton*> StartPage::models() const
{
    return m_shelf->teaching()->models();
}

void StartPage::setMode(Mode mode)
{
    m_mode = mode;
    m_shelf->setModelsAlone(mode == Mode::Models);
    m_foot->setVisible(mode == Mode::Start);
    arrange();
    retranslate();
}

void StartPage::setModels(const QList<GalleryModel>& models)
{
    m_shelf->teaching()->setModels(models);
}

void StartPage::setLessons(const QList<GalleryLesson>& lessons)
{
    m_shelf->lessons()->setLessons(lessons);
    if (m_mode == Mode::Models) m_shelf->lessons()->hide();
}

void StartPage::setSample(const QImage& picture)
{
    m_shelf->teaching()->setSample(picture);
}

void StartPage::setExample(const GalleryExample& example)
{
    m_welcome->setExample(example);
}

void StartPage::setShownAtStart(bool shown)
{
    m_atStart->setChecked(shown);
}

// In a small window there is one column, which scrolls as a whole; in a large one the lines do not grow endlessly.
void StartPage::arrange()
{
    const int letter = std::max(1, fontMetrics().averageCharWidth());
    const bool isStart = m_mode == Mode::Start, isBeside = isStart && width() >= kNarrow * letter;
    const int edge = std::max(kEdge, (width() - kWide * letter) / 2);
    m_sides->setContentsMargins(edge, kEdge, edge - kEdge / 2, kEdge / 2);
    m_welcome->setVisible(isStart);
    m_left->setVisible(isBeside);
    const bool isInLeft = m_left->widget() == m_welcome;
    if (isInLeft == isBeside || (!isStart && isInLeft)) return;
    QWidget* focused = focusWidget();
    if (isBeside)
        m_left->setWidget(m_welcome);
    else
        m_shelf->setAbove(m_left->takeWidget());
    m_welcome->setVisible(isStart);
    if (focused != nullptr) focused->setFocus(Qt::OtherFocusReason);
    orderTabs();
}

void StartPage::orderTabs()
{
    QList<QWidget*> all;
    for (QAbstractButton* door : doors()) all << door;
    all << m_welcome->example() << m_shelf->controls() << m_atStart << m_skip;
    for (qsizetype i = 1; i < all.size(); ++i) setTabOrder(all[i - 1], all[i]);
}

QList<QWidget*> StartPage::stops() const
{
    QList<QWidget*> all;
    for (QAbstractButton* door : doors()) all << door;
    all << m_welcome->example() << m_shelf->controls();
    all.removeIf([](const QWidget* stop) { return !stop->isVisible(); });
    return all;
}

void StartPage::go(int key)
{
    const QList<QWidget*> all = stops();
    QWidget* from = focusWidget();
    QWidget* to = all.contains(from) ? neighbour(*this, all, *from, key) : all.first();
    if (to == nullptr) return;
    to->setFocus(Qt::TabFocusReason); // by the keyboard: it is framed
    constexpr int kAround = 40;       // pixels
    for (QScrollArea* area : {m_left, m_shelf->scroll()})
        if (area->widget() != nullptr && area->widget()->isAncestorOf(to)) area->ensureWidgetVisible(to, 0, kAround);
}

// The keys of the maps sleep while this page lies over them; keys with Ctrl or Alt stay the window's.
bool StartPage::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isFunction = key->key() >= Qt::Key_F1 && key->key() <= Qt::Key_F35;
        if ((key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0 && !isFunction) event->accept();
    }
    return QWidget::event(event);
}

// What a row leaves over would scroll; arrows go to the next one, which scrolls as far as needed. Page keys scroll.
bool StartPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (!isArrow(key)) return QWidget::eventFilter(watched, event);
    go(key);
    return true;
}

// Letters that nobody takes narrow the right side, "/" begins to.
void StartPage::keyPressEvent(QKeyEvent* event)
{
    QLineEdit* field = filter();
    const QString typed = event->text();
    if (isArrow(event->key())) return go(event->key());
    if (event->key() == Qt::Key_Escape) {
        if (field->text().isEmpty()) return Q_EMIT skipped();
        return field->clear();
    }
    const bool isLetter = typed.size() == 1 && typed.at(0).isPrint() && typed.at(0) != QLatin1Char(' ') &&
                          (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) == 0;
    if (!isLetter || field->hasFocus()) return QWidget::keyPressEvent(event);
    field->setFocus(Qt::ShortcutFocusReason);
    field->deselect();
    if (typed != QLatin1String("/")) field->insert(typed);
}

void StartPage::resizeEvent(QResizeEvent* event)
{
    arrange();
    QWidget::resizeEvent(event);
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_shelf->scroll()->verticalScrollBar()->setValue(0);
    if (m_mode == Mode::Start)
        doors().first()->setFocus(Qt::OtherFocusReason);
    else
        filter()->setFocus(Qt::OtherFocusReason);
}

void StartPage::retranslate()
{
    setAccessibleName(m_mode == Mode::Start ? tr("Start page") : tr("Models"));
    m_hint->setText(tr("Or drop a picture or a model anywhere. Ctrl+Home brings this page back."));
    m_atStart->setText(tr("S&how this page at start"));
    m_skip->setText(tr("Skip (Esc)"));
    m_skip->setToolTip(tr("Straight to the maps"));
}

void StartPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) arrange();
    QWidget::changeEvent(event);
}

} // namespace headlens
