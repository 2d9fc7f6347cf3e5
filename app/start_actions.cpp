// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_actions.h"

#include "app/lesson_actions.h"
#include "app/openings.h"
#include "app/start_recents.h"
#include "app/start_screen.h"
#include "widgets/common/message_bar.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/start/found_section.h"
#include "widgets/start/recent_section.h"
#include "widgets/start/start_page.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QCursor>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>

namespace headlens {
namespace {

const char* const kPictureModel = "emoji-vit";

} // namespace

StartActions::StartActions(const Parts& parts) : QObject(parts.window), m_parts(parts)
{
    listen();
    listenToLists();
}

void StartActions::listen()
{
    StartScreen* screen = m_parts.screen;
    const StartPage* page = screen->page();
    connect(page, &StartPage::pictureWanted, this, &StartActions::askForPicture);
    connect(page, &StartPage::sentenceWanted, this, &StartActions::askForSentence);
    connect(page, &StartPage::modelWanted, this, &StartActions::askForModel);
    connect(page, &StartPage::exampleWanted, this, [this, screen] {
        const StartScreen::Example example = screen->example();
        openExample(example.model, example.picture);
    });
    connect(page, &StartPage::dropped, this, [this](const QMimeData* what) { drop(*what); });
    connect(page, &StartPage::modelChosen, this,
            [this](const QString& model) { openExample(model, examplePictureOf(model)); });
    connect(page, &StartPage::lessonChosen, this, [this](const QString& folder) { m_parts.lessons->open(folder); });
    connect(m_parts.model, &InspectionModel::inputChanged, this, &StartActions::rememberText);
    const LessonPlayer* player = m_parts.lessons->player();
    connect(player, &LessonPlayer::stateWanted, this, [player, screen](const ViewState&, const QString& folder) {
        screen->rememberLesson(folder, player->progress().farthest() + 1);
    });
}

void StartActions::listenToLists()
{
    const StartPage* page = m_parts.screen->page();
    const auto refuse = [this](const QString& name, const QString& why) {
        m_parts.messages->say(MessageBar::Kind::Info, tr("%1: %2").arg(name, why));
    };
    const FoundSection* found = page->found();
    connect(found, &FoundSection::chosen, this, [this](const QString& path) { m_parts.openings->openModel(path); });
    connect(found, &FoundSection::folderWanted, this, &StartActions::askForFolder);
    connect(found, &FoundSection::refused, this, refuse);
    connect(page->recent(), &RecentSection::chosen, this, &StartActions::openRecent);
    connect(page->recent(), &RecentSection::refused, this, refuse);
    connect(page, &StartPage::commandCopied, this, [this](const QString& command) {
        m_parts.messages->say(MessageBar::Kind::Info, tr("Copied: %1").arg(command));
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
    withReader(reader(), [this] { beginToType(); });
}

void StartActions::withReader(const QString& model, const std::function<void()>& then)
{
    m_parts.screen->leave();
    const verbs::ModelInfo& open = m_parts.model->model();
    if (open.text.reads && !open.takesPictures) return then();
    auto* once = new QObject(this);
    connect(m_parts.model, &InspectionModel::inputChanged, once, [this, once, then] {
        if (!m_parts.model->model().text.reads) return; // still the picture of before
        once->deleteLater();
        then();
    });
    connect(m_parts.model->link(), &EngineLink::failed, once, &QObject::deleteLater);
    m_parts.openings->openModel(model);
}

// Files and pictures as anywhere in the window; other words are a sentence.
void StartActions::drop(const QMimeData& what)
{
    const Opening opening = openingOf(what);
    const QString text = what.text().trimmed();
    const bool isSentence = opening.isEmpty() && opening.unknown.isEmpty() && !what.hasUrls() && !text.isEmpty();
    if (!isSentence) return m_parts.openings->open(opening);
    withReader(reader(), [this, text] { m_parts.text->type(text); });
}

void StartActions::openRecent(const GalleryRecent& recent)
{
    switch (recent.kind) {
    case GalleryRecent::Kind::Model: return m_parts.openings->openModel(recent.what);
    case GalleryRecent::Kind::Picture: m_parts.openings->openPictureFile(recent.what); return;
    case GalleryRecent::Kind::Text: break;
    }
    // By the model that read it, which may be small and know no other words.
    const bool isOpen = m_parts.model->hasModel() && m_parts.model->model().path == recent.model.toStdString();
    m_parts.screen->leave();
    m_parts.text->type(recent.what); // another model runs what was typed
    if (!isOpen) m_parts.openings->openModel(recent.model.isEmpty() ? reader() : recent.model);
}

// What a person typed, not the example of a model or of a lesson.
void StartActions::rememberText()
{
    const QString text = m_parts.model->request().text.text;
    const bool isTyped = m_parts.text->edit()->document()->isModified();
    if (!isTyped || text.trimmed().isEmpty() || !m_parts.model->hasInput() || !m_parts.model->model().text.reads)
        return;
    m_parts.screen->recents()->addText(text, QString::fromStdString(m_parts.model->model().path));
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
void StartActions::openExample(const QString& model, const QString& picture)
{
    m_parts.text->edit()->document()->setModified(false);
    m_parts.openings->openModel(model);
    if (!picture.isEmpty()) m_parts.openings->openPictureFile(picture);
}

} // namespace headlens
