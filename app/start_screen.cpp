// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_screen.h"

#include "app/app_settings.h"
#include "app/found_words.h"
#include "app/hidden_docks.h"
#include "app/lessons_along.h"
#include "app/model_words.h"
#include "app/opening.h"
#include "app/start_recents.h"
#include "core/base/resources.h"
#include "widgets/start/found_section.h"
#include "widgets/start/recent_section.h"
#include "widgets/start/start_page.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/model_finder.h"

#include <QEvent>
#include <QFileInfo>
#include <QLocale>
#include <QStackedWidget>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

GalleryModel cardOf(const verbs::EmbeddedModel& model)
{
    GalleryModel card{QString::fromStdString(model.name),
                      modelWords(model.title),
                      modelWords(model.shows),
                      {},
                      QImage(QString::fromStdString(model.path + "/example.png"))}; // engines may be elsewhere
    if (model.scores.empty()) return card;
    const verbs::MeasuredScore& score = model.scores.front(); // the others are on its card
    card.scores.append({modelWords(score.what), score.with, score.without, modelWords(score.off), score.chance});
    return card;
}

struct ExampleOffer {
    const char *model, *picture; // picture: in the program, or below the folder of resources
};

// The first whose model is there: a photograph where the person has a model that reads photographs.
constexpr std::array<ExampleOffer, 2> kExamples{{{"deit-tiny", "images/astronaut.jpg"}, {"emoji-vit", kSamplePicture}}};

QString pathOf(const ExampleOffer& offer)
{
    QString picture = QString::fromLatin1(offer.picture);
    if (picture.startsWith(QLatin1Char(':'))) return picture;
    return QString::fromStdString(resourceFolder()) + QLatin1Char('/') + picture;
}

GalleryFound cardOf(const verbs::FoundModel& model)
{
    QStringList about;
    if (!model.type.empty()) about << QString::fromStdString(model.type);
    if (model.bytes > 0) about << QLocale().formattedDataSize(model.bytes, 1);
    about << foundText(model.source);
    return {QString::fromStdString(model.name), QString::fromStdString(model.path), about.join(QStringLiteral(" · ")),
            sentenceOf(model.whyNot)};
}

} // namespace

StartScreen::StartScreen(const Parts& parts, QObject* parent)
    : QObject(parent), m_parts(parts), m_page(new StartPage), m_finder(new ModelFinder(parts.model->link(), this)),
      m_recents(new StartRecents(parts.settings, parts.model, this))
{
    m_page->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // it scrolls: the maps behind it may be small
    m_page->setShownAtStart(m_parts.settings->showsStartPage());
    m_page->setSample(QImage(QString::fromLatin1(kSamplePicture))); // our own
    m_parts.stack->addWidget(m_page);
    m_page->installEventFilter(this);
    listen();
}

void StartScreen::listen()
{
    connect(m_page, &StartPage::skipped, this, &StartScreen::leave);
    connect(m_page, &StartPage::shownAtStartChanged, this,
            [this](bool shown) { m_parts.settings->setShowsStartPage(shown); });
    connect(m_parts.model->film(), &FilmSource::changed, this, &StartScreen::leave);
    connect(m_parts.model->link(), &EngineLink::settled, this, [this] { // the engine has listed its models
        if (m_page->models().isEmpty()) fill();
    });
    connect(m_page->found(), &FoundSection::folderForgotten, this, &StartScreen::forgetFolder);
    connect(m_finder, &ModelFinder::changed, this, &StartScreen::fillFound);
    connect(m_page->recent(), &RecentSection::removeWanted, m_recents, &StartRecents::remove);
    connect(m_recents, &StartRecents::changed, this, &StartScreen::fillRecent);
}

void StartScreen::fill()
{
    QList<GalleryModel> models;
    for (const verbs::EmbeddedModel& model : m_parts.model->loader()->embeddedModels()) models.append(cardOf(model));
    m_page->setModels(models);
    m_page->setLessons(lessons());
    Q_EMIT lessonsChanged();
    const Example shown = example();
    GalleryExample card{shown.model, {}, QImage(shown.picture)}; // our own
    for (const GalleryModel& model : models)
        if (model.name == shown.model) card.about = model.title;
    m_page->setExample(card);
    fillRecent();
}

StartScreen::Example StartScreen::example() const
{
    const std::vector<verbs::EmbeddedModel>& models = m_parts.model->loader()->embeddedModels();
    for (const ExampleOffer& offer : kExamples) {
        const bool isThere = std::ranges::any_of(models, [&](const auto& model) { return model.name == offer.model; });
        if (isThere && QFileInfo::exists(pathOf(offer))) return {QString::fromLatin1(offer.model), pathOf(offer)};
    }
    return {QString::fromLatin1(kExamples.back().model), pathOf(kExamples.back())};
}

QList<GalleryLesson> StartScreen::lessons() const
{
    QList<GalleryLesson> all = lessonsAlong();
    for (GalleryLesson& lesson : all)
        lesson.reached = m_parts.settings->lessonReached(QFileInfo(lesson.folder).fileName());
    return all;
}

void StartScreen::rememberLesson(const QString& folder, int step)
{
    const QString name = QFileInfo(folder).fileName();
    if (step <= m_parts.settings->lessonReached(name)) return;
    m_parts.settings->setLessonReached(name, step);
    m_page->setLessons(lessons());
    Q_EMIT lessonsChanged();
}

void StartScreen::fillRecent()
{
    m_page->recent()->setRecents(m_recents->all());
}

// What was found before stays until the answer is there.
void StartScreen::look()
{
    m_page->found()->setFolders(m_parts.settings->modelFolders());
    m_finder->find(m_parts.settings->modelFolders());
}

void StartScreen::fillFound()
{
    QList<GalleryFound> models;
    for (const verbs::FoundModel& model : m_finder->found().models) models.append(cardOf(model));
    QStringList remarks;
    for (const verbs::Sentence& remark : m_finder->found().remarks) remarks << sentenceOf(remark);
    m_page->found()->setLooking(m_finder->isLooking());
    m_page->found()->setFound(models, remarks);
}

void StartScreen::addFolder(const QString& folder)
{
    m_parts.settings->addModelFolder(folder);
    look();
}

void StartScreen::forgetFolder(const QString& folder)
{
    m_parts.settings->forgetModelFolder(folder);
    look();
}

// What the engine says is translated here, not on the page.
bool StartScreen::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        fillFound();
        fillRecent();
    }
    return QObject::eventFilter(watched, event);
}

bool StartScreen::isShown() const
{
    return m_parts.stack->currentWidget() == m_page;
}

void StartScreen::show(StartPage::Mode mode)
{
    m_page->setMode(mode);
    fill();
    m_parts.quiet->enter(m_page);
    m_parts.stack->setCurrentWidget(m_page);
    m_recents->makeThumbnails();
    look();
    Q_EMIT changed();
}

void StartScreen::leave()
{
    if (!isShown()) return;
    m_finder->stop();
    m_parts.stack->setCurrentIndex(0);
    Q_EMIT changed();
    m_parts.quiet->leave(m_page);
    Q_EMIT left();
}

} // namespace headlens
