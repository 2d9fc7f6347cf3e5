// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/found_section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kFirst = 6; // models that are shown without being asked
constexpr int kMore = 60; // at a time: the window must not stop for thousands of rows

RowContent rowOf(const GalleryFound& model)
{
    RowContent row;
    row.icon = Icon::Model;
    row.name = model.name;
    row.about = model.about;
    row.whyNot = model.whyNot;
    row.tip = model.whyNot.isEmpty() ? model.path : model.whyNot;
    return row;
}

} // namespace

FoundSection::FoundSection(QWidget* parent)
    : Section(1.2, parent), m_most(kFirst), m_more(new QPushButton), m_add(new QPushButton), m_forget(new QPushButton),
      m_folders(new QMenu(this))
{
    m_forget->setMenu(m_folders);
    m_forget->hide();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {m_more, m_add, m_forget}) buttons->addWidget(button);
    buttons->addStretch(1);
    column()->addLayout(buttons);
    connect(list(), &RowList::chosen, this, &FoundSection::choose);
    connect(m_more, &QPushButton::clicked, this, &FoundSection::showMore);
    connect(m_add, &QPushButton::clicked, this, &FoundSection::folderWanted);
    retranslate();
}

QList<QWidget*> FoundSection::controls() const
{
    return Section::controls() << m_more << m_add << m_forget;
}

void FoundSection::setLooking(bool looking)
{
    m_isLooking = looking;
    sayState();
}

void FoundSection::setFound(const QList<GalleryFound>& models, const QStringList& remarks)
{
    m_remarks = remarks;
    if (models != m_models) {
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

int FoundSection::filter(const QString& words)
{
    m_words = words;
    fill();
    sayState();
    const bool isThere = words.isEmpty() || !m_shown.isEmpty();
    setVisible(isThere);
    return isThere ? int(m_shown.size()) : 0;
}

void FoundSection::fill()
{
    QList<GalleryFound> all;
    QList<RowContent> rows;
    for (const GalleryFound& model : m_models)
        if (matches(rowOf(model), m_words)) all << model;
    m_shown = all.mid(0, m_most);
    for (const GalleryFound& model : m_shown) rows << rowOf(model);
    list()->setRows(rows);
    list()->setVisible(!rows.isEmpty());
    const qsizetype hidden = all.size() - m_shown.size();
    m_more->setText(tr("Show %1 more").arg(std::min<qsizetype>(hidden, kMore)));
    m_more->setVisible(hidden > 0);
}

void FoundSection::choose(int row)
{
    const GalleryFound model = m_shown[row];
    if (model.whyNot.isEmpty())
        Q_EMIT chosen(model.path);
    else
        Q_EMIT refused(model.name, model.whyNot);
}

// Whoever pressed the button goes on at the first of those that came.
void FoundSection::showMore()
{
    const qsizetype first = m_shown.size();
    m_most += kMore;
    fill();
    rows()[first]->setFocus(Qt::OtherFocusReason);
}

// Models that are there stay where they are while it looks again.
void FoundSection::sayState()
{
    QStringList said;
    if (m_models.isEmpty())
        said << (m_isLooking
                     ? tr("Looking for models…")
                     : tr("No models were found where Hugging Face, torch hub, timm, Ollama and LM Studio keep theirs. "
                          "A folder of your own can be added."));
    setNote(m_words.isEmpty() ? (said + m_remarks).join(QLatin1Char('\n')) : QString());
}

void FoundSection::retranslate()
{
    setTitle(tr("On this computer"));
    m_add->setText(tr("Look in another folder…"));
    m_add->setIcon(icon(Icon::Folder));
    m_add->setToolTip(tr("One more folder in which to look for models; it is remembered"));
    m_forget->setText(tr("Forget a folder"));
    fill();
    sayState();
}

} // namespace headlens
