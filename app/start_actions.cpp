// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_actions.h"

#include "app/lesson_actions.h"
#include "app/openings.h"
#include "app/start_screen.h"
#include "widgets/common/message_bar.h"
#include "widgets/start/found_section.h"
#include "widgets/start/start_page.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QCursor>
#include <QFileDialog>
#include <QMenu>
#include <QPlainTextEdit>

namespace headlens {
namespace {

const char* const kPictureModel = "emoji-vit";

} // namespace

StartActions::StartActions(const Parts& parts) : QObject(parts.window), m_parts(parts)
{
    const StartPage* page = m_parts.screen->page();
    connect(page, &StartPage::pictureWanted, this, &StartActions::askForPicture);
    connect(page, &StartPage::sentenceWanted, this, &StartActions::askForSentence);
    connect(page, &StartPage::modelWanted, this, &StartActions::askForModel);
    connect(page, &StartPage::modelChosen, this, &StartActions::openExample);
    connect(page, &StartPage::lessonChosen, this, [this](const QString& folder) { m_parts.lessons->open(folder); });
    const FoundSection* found = page->found();
    connect(found, &FoundSection::chosen, this, [this](const QString& path) { m_parts.openings->openModel(path); });
    connect(found, &FoundSection::folderWanted, this, &StartActions::askForFolder);
    connect(found, &FoundSection::refused, this, [this](const QString& name, const QString& why) {
        m_parts.messages->say(MessageBar::Kind::Info, tr("%1: %2").arg(name, why));
    });
}

// A model of texts alone has no place for a picture: one that looks is opened with it.
void StartActions::askForPicture()
{
    const bool looks = !m_parts.model->hasModel() || m_parts.model->model().takesPictures;
    m_parts.openings->choosePictures();
    const bool hasChosen = !m_parts.screen->isShown();
    if (hasChosen && !looks) m_parts.openings->openModel(QString::fromLatin1(kPictureModel));
}

void StartActions::askForSentence()
{
    m_parts.screen->leave();
    const verbs::ModelInfo& open = m_parts.model->model();
    if (open.text.reads && !open.takesPictures) return beginToType();
    auto* once = new QObject(this);
    connect(m_parts.model, &InspectionModel::inputChanged, once, [this, once] {
        if (!m_parts.model->model().text.reads) return; // still the picture of before
        once->deleteLater();
        beginToType();
    });
    connect(m_parts.model->link(), &EngineLink::failed, once, &QObject::deleteLater);
    m_parts.openings->openModel(reader());
}

QString StartActions::reader() const
{
    for (const verbs::EmbeddedModel& model : m_parts.model->loader()->embeddedModels()) // the person installed it
        if (model.name == "all-MiniLM-L6-v2") return QString::fromStdString(model.name);
    return QStringLiteral("story-gpt");
}

// The text is selected: what is typed takes its place.
void StartActions::beginToType()
{
    m_parts.text->edit()->setFocus();
    m_parts.text->edit()->selectAll();
    constexpr int kFew = 1000;
    if (const int words = m_parts.model->model().text.vocabulary; words > 0 && words < kFew)
        m_parts.messages->say(MessageBar::Kind::Info,
                              tr("Type your sentence. This small model knows %1 words only; a larger one of your own "
                                 "(Ctrl+Shift+O) reads any.")
                                  .arg(words));
}

void StartActions::askForModel()
{
    auto* menu = new QMenu(m_parts.window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("A model folder…"), this, [this] { m_parts.openings->chooseModel(true); });
    menu->addAction(tr("A weight file…"), this, [this] { m_parts.openings->chooseModel(false); });
    const QWidget* card = m_parts.screen->page()->focusWidget();
    menu->popup(card != nullptr ? card->mapToGlobal(QPoint(0, card->height())) : QCursor::pos());
    menu->setActiveAction(menu->actions().first());
}

void StartActions::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(m_parts.window, tr("Look for models in a folder"));
    if (!folder.isEmpty()) m_parts.screen->addFolder(folder);
}

// With its own example, whatever was typed before.
void StartActions::openExample(const QString& model)
{
    m_parts.text->edit()->document()->setModified(false);
    m_parts.openings->openModel(model);
    if (const QString picture = examplePictureOf(model); !picture.isEmpty()) m_parts.openings->openPictureFile(picture);
}

} // namespace headlens
