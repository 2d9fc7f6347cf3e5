// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/start_page.h"

#include "widgets/start/card.h"
#include "widgets/start/card_contents.h"
#include "widgets/start/card_grid.h"
#include "widgets/start/found_section.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <array>
#include <cstdlib>
#include <utility>

namespace headlens {
namespace {

constexpr int kNarrowChoice = 24, kNarrowCard = 36; // letters

QLabel* headingFor(QWidget* buddy)
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setBuddy(buddy);
    return label;
}

} // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::NoFocus);
    build();
    sizeHeadings();
    retranslate();
}

void StartPage::build()
{
    m_choices = new CardGrid(kNarrowChoice);
    m_found = new FoundSection;
    connect(m_found, &FoundSection::controlsChanged, this, &StartPage::orderTabs);
    m_modelCards = new CardGrid(kNarrowCard);
    m_lessonCards = new CardGrid(kNarrowCard);
    m_question = headingFor(m_choices);
    m_modelsTitle = headingFor(m_modelCards);
    m_lessonsTitle = headingFor(m_lessonCards);
    auto* page = new QWidget;
    page->setBackgroundRole(QPalette::Window);
    auto* cards = new QVBoxLayout(page);
    constexpr int kEdge = 20, kGap = 10; // pixels
    cards->setContentsMargins(kEdge, kEdge, kEdge, kEdge);
    cards->setSpacing(kGap);
    const std::array<QWidget*, 7> parts{m_question,   m_choices,      m_found,      m_modelsTitle,
                                        m_modelCards, m_lessonsTitle, m_lessonCards};
    for (QWidget* part : parts) {
        if (part == m_found || part == m_modelsTitle || part == m_lessonsTitle) cards->addSpacing(kGap);
        cards->addWidget(part);
    }
    cards->addStretch(1);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus); // the cards scroll it
    m_scroll->setWidget(page);
    m_scroll->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(buildFoot());
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

const QList<Card*>& StartPage::choices() const
{
    return m_choices->cards();
}

const QList<Card*>& StartPage::modelCards() const
{
    return m_modelCards->cards();
}

const QList<Card*>& StartPage::lessonCards() const
{
    return m_lessonCards->cards();
}

void StartPage::setModels(const QList<GalleryModel>& models)
{
    if (models == m_models) return; // keeps the focus where it is
    m_models = models;
    fillModels();
}

void StartPage::setLessons(const QList<GalleryLesson>& lessons)
{
    if (lessons == m_lessons) return;
    m_lessons = lessons;
    fillLessons();
}

void StartPage::setSample(const QImage& picture)
{
    m_sample = picture;
    fillModels();
}

void StartPage::setShownAtStart(bool shown)
{
    m_atStart->setChecked(shown);
}

void StartPage::fillChoices()
{
    const std::array<CardContent, 4> contents = choiceContents();
    if (!choices().isEmpty()) { // another language
        for (std::size_t i = 0; i < contents.size(); ++i) choices()[qsizetype(i)]->setContent(contents[i]);
        return;
    }
    QList<Card*> cards;
    for (const CardContent& content : contents) cards << new Card(content);
    connect(cards[0], &Card::clicked, this, &StartPage::pictureWanted);
    connect(cards[1], &Card::clicked, this, &StartPage::sentenceWanted);
    connect(cards[2], &Card::clicked, this, &StartPage::showLessons);
    connect(cards[3], &Card::clicked, this, &StartPage::modelWanted);
    m_choices->setCards(cards);
}

void StartPage::fillModels()
{
    QList<Card*> cards;
    for (const GalleryModel& model : m_models) {
        cards << new Card(contentOf(model, m_sample));
        connect(cards.last(), &Card::clicked, this, [this, name = model.name] { Q_EMIT modelChosen(name); });
    }
    m_modelCards->setCards(cards);
    m_modelsTitle->setVisible(!cards.isEmpty()); // the engine may still be starting
    orderTabs();
}

void StartPage::fillLessons()
{
    QList<Card*> cards;
    for (const GalleryLesson& lesson : m_lessons) {
        cards << new Card(contentOf(lesson));
        connect(cards.last(), &Card::clicked, this, [this, folder = lesson.folder] { Q_EMIT lessonChosen(folder); });
    }
    m_lessonCards->setCards(cards);
    m_lessonsTitle->setVisible(!cards.isEmpty());
    orderTabs();
}

void StartPage::orderTabs()
{
    QList<QWidget*> all;
    for (Card* card : choices()) all << card;
    all << m_found->controls();
    for (Card* card : modelCards() + lessonCards()) all << card;
    all << m_atStart << m_skip;
    for (qsizetype i = 1; i < all.size(); ++i) setTabOrder(all[i - 1], all[i]);
}

void StartPage::showLessons()
{
    if (lessonCards().isEmpty()) return;
    lessonCards().first()->setFocus(Qt::ShortcutFocusReason);
    m_scroll->verticalScrollBar()->setValue(m_lessonsTitle->y() - m_lessonsTitle->height() / 2);
}

QList<Card*> StartPage::allCards() const
{
    return choices() + m_found->cards() + modelCards() + lessonCards();
}

// The nearest card on the side of an arrow key; one straight ahead is nearer than one aside. Null: there is none.
Card* StartPage::cardBeside(const QWidget* from, int key) const
{
    const auto placeOf = [this](const QWidget* card) { return QRect(card->mapTo(this, QPoint()), card->size()); };
    const QRect here = placeOf(from);
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    const int sign = key == Qt::Key_Right || key == Qt::Key_Down ? 1 : -1;
    Card* best = nullptr;
    int nearest = 0;
    for (Card* card : allCards()) {
        const QPoint way = placeOf(card).center() - here.center();
        const int along = sign * (isAcross ? way.x() : way.y()), aside = std::abs(isAcross ? way.y() : way.x());
        if (along <= 0 || (isAcross && aside > here.height() / 2)) continue;
        const int distance = along + 2 * aside;
        if (best != nullptr && distance >= nearest) continue;
        best = card;
        nearest = distance;
    }
    return best;
}

void StartPage::go(int key)
{
    const auto* from = qobject_cast<Card*>(focusWidget());
    if (from == nullptr) return allCards().first()->setFocus(Qt::OtherFocusReason);
    Card* best = cardBeside(from, key);
    if (best == nullptr) return;
    best->setFocus(Qt::OtherFocusReason);
    m_scroll->ensureWidgetVisible(best, 0, 40);
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

// What a card leaves over would scroll; arrows go to the next card, which scrolls as far as needed. Page keys scroll.
bool StartPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Up && key != Qt::Key_Down)
        return QWidget::eventFilter(watched, event);
    go(key);
    return true;
}

void StartPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
    Q_EMIT skipped();
}

void StartPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_scroll->verticalScrollBar()->setValue(0);
    choices().first()->setFocus(Qt::OtherFocusReason);
}

// Larger than the type of the page, however large that is.
void StartPage::sizeHeadings()
{
    for (const auto& [label, factor] :
         {std::pair(m_question, 1.7), {m_found->title(), 1.2}, {m_modelsTitle, 1.2}, {m_lessonsTitle, 1.2}}) {
        QFont large = font();
        large.setPointSizeF(large.pointSizeF() * factor);
        large.setBold(true);
        label->setFont(large);
    }
}

void StartPage::retranslate()
{
    setAccessibleName(tr("Start page"));
    m_question->setText(tr("What do you want to see?"));
    m_modelsTitle->setText(tr("Models that come along"));
    m_lessonsTitle->setText(tr("Lessons"));
    m_hint->setText(tr("Or drop a picture or a model anywhere. Ctrl+Home brings this page back."));
    m_atStart->setText(tr("S&how this page at start"));
    m_skip->setText(tr("Skip (Esc)"));
    m_skip->setToolTip(tr("Straight to the maps"));
    fillChoices();
    fillModels();
    fillLessons();
}

void StartPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) sizeHeadings();
    QWidget::changeEvent(event);
}

} // namespace headlens
