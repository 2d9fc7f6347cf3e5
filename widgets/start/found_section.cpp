// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/found_section.h"

#include "widgets/start/card.h"
#include "widgets/start/card_contents.h"
#include "widgets/start/card_grid.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kNarrowCard = 36; // letters
constexpr int kFirst = 6;       // models that are shown without being asked
constexpr int kMore = 60;       // at a time: the window must not stop for thousands of cards

} // namespace

FoundSection::FoundSection(QWidget* parent)
    : QWidget(parent), m_most(kFirst), m_title(new QLabel), m_note(new QLabel), m_cards(new CardGrid(kNarrowCard)),
      m_more(new QPushButton), m_add(new QPushButton), m_forget(new QPushButton), m_folders(new QMenu(this))
{
    m_title->setWordWrap(true);
    m_title->setBuddy(m_cards);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText); // it names folders
    m_forget->setMenu(m_folders);
    m_forget->hide();
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_more, m_add, m_forget}) buttons->addWidget(button);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_note);
    layout->addWidget(m_cards);
    layout->addLayout(buttons);
    connect(m_more, &QPushButton::clicked, this, &FoundSection::showMore);
    connect(m_add, &QPushButton::clicked, this, &FoundSection::folderWanted);
    retranslate();
}

const QList<Card*>& FoundSection::cards() const
{
    return m_cards->cards();
}

QList<QWidget*> FoundSection::controls() const
{
    QList<QWidget*> all;
    for (Card* card : cards()) all << card;
    return all << m_more << m_add << m_forget;
}

void FoundSection::setLooking(bool looking)
{
    m_isLooking = looking;
    sayState();
}

void FoundSection::setFound(const QList<GalleryFound>& models, const QStringList& remarks)
{
    m_remarks = remarks;
    if (models != m_models) { // else the focus stays where it is
        m_models = models;
        fill();
    }
    sayState();
}

void FoundSection::setFolders(const QStringList& folders)
{
    m_folders->clear();
    for (const QString& folder : folders) {
        QString shown = folder;
        m_folders->addAction(shown.replace(QLatin1Char('&'), QLatin1String("&&")), this,
                             [this, folder] { Q_EMIT folderForgotten(folder); });
    }
    m_forget->setVisible(!folders.isEmpty());
}

void FoundSection::fill()
{
    QList<Card*> cards;
    for (const GalleryFound& model : m_models.mid(0, m_most)) {
        cards << new Card(contentOf(model));
        connect(cards.last(), &Card::clicked, this, [this, model] {
            if (model.whyNot.isEmpty())
                Q_EMIT chosen(model.path);
            else
                Q_EMIT refused(model.name, model.whyNot);
        });
    }
    m_cards->setCards(cards);
    m_cards->setVisible(!cards.isEmpty());
    const qsizetype hidden = m_models.size() - cards.size();
    m_more->setText(tr("Show %1 more").arg(std::min<qsizetype>(hidden, kMore)));
    m_more->setVisible(hidden > 0);
    Q_EMIT controlsChanged();
}

// Whoever pressed the button goes on at the first of those that came.
void FoundSection::showMore()
{
    const qsizetype first = cards().size();
    m_most += kMore;
    fill();
    cards()[first]->setFocus(Qt::OtherFocusReason);
}

void FoundSection::sayState()
{
    QStringList said;
    if (m_isLooking)
        said << tr("Looking for models…");
    else if (m_models.isEmpty())
        said << tr(
            "No models were found where Hugging Face, torch hub, timm, Ollama and LM Studio keep theirs. A folder "
            "of your own can be added.");
    m_note->setText((said + m_remarks).join(QLatin1Char('\n')));
    m_note->setVisible(!m_note->text().isEmpty());
}

void FoundSection::retranslate()
{
    setAccessibleName(tr("On this computer"));
    m_title->setText(tr("On this computer"));
    m_add->setText(tr("Add a folder…"));
    m_add->setToolTip(tr("One more folder in which to look for models; it is remembered"));
    m_forget->setText(tr("Forget a folder"));
    fill();
    sayState();
}

void FoundSection::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
