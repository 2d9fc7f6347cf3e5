// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_screen.h"

#include "app/app_settings.h"
#include "app/hidden_docks.h"
#include "app/lessons_along.h"
#include "app/model_words.h"
#include "app/opening.h"
#include "widgets/start/start_page.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QStackedWidget>

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

} // namespace

StartScreen::StartScreen(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts), m_page(new StartPage)
{
    m_page->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // it scrolls: the maps behind it may be small
    m_page->setShownAtStart(m_parts.settings->showsStartPage());
    m_page->setSample(QImage(QString::fromLatin1(kSamplePicture))); // our own
    m_parts.stack->addWidget(m_page);
    listen();
}

void StartScreen::listen()
{
    connect(m_page, &StartPage::skipped, this, &StartScreen::leave);
    connect(m_page, &StartPage::shownAtStartChanged, this,
            [this](bool shown) { m_parts.settings->setShowsStartPage(shown); });
    connect(m_parts.model->film(), &FilmSource::changed, this, &StartScreen::leave);
    connect(m_parts.model->link(), &EngineLink::settled, this, [this] { // the engine has listed its models
        if (m_page->modelCards().isEmpty()) fill();
    });
}

void StartScreen::fill()
{
    QList<GalleryModel> models;
    for (const verbs::EmbeddedModel& model : m_parts.model->loader()->embeddedModels()) models.append(cardOf(model));
    m_page->setModels(models);
    m_page->setLessons(lessonsAlong());
}

bool StartScreen::isShown() const
{
    return m_parts.stack->currentWidget() == m_page;
}

void StartScreen::show()
{
    fill();
    m_parts.quiet->enter(m_page);
    m_parts.stack->setCurrentWidget(m_page);
    Q_EMIT changed();
}

void StartScreen::leave()
{
    if (!isShown()) return;
    m_parts.stack->setCurrentIndex(0);
    Q_EMIT changed();
    m_parts.quiet->leave(m_page);
    Q_EMIT left();
}

} // namespace headlens
