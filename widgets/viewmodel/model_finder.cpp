// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/model_finder.h"

#include "widgets/viewmodel/asking.h"

#include <QCoreApplication>

#include <utility>

namespace headlens {

using Phase = EngineLink::Phase;

ModelFinder::ModelFinder(EngineLink* link, QObject* parent) : QObject(parent), m_link(link)
{
    connect(m_link, &EngineLink::settled, this, &ModelFinder::askWhenIdle);
    connect(m_link, &EngineLink::phaseChanged, this, [this](Phase phase) {
        if (phase != Phase::Idle && phase != Phase::Down) pause(); // a dead engine ends the question by itself
    });
}

void ModelFinder::find(const QStringList& folders)
{
    if (m_isWanted && folders == m_folders) return; // on its way
    pause();
    m_folders = folders;
    m_isWanted = true;
    Q_EMIT changed();
    askWhenIdle();
}

void ModelFinder::stop()
{
    pause();
    if (std::exchange(m_isWanted, false)) Q_EMIT changed();
}

void ModelFinder::pause()
{
    if (m_question == 0) return;
    m_isPaused = true;
    m_link->cancel(m_question);
}

void ModelFinder::askWhenIdle()
{
    if (!m_isWanted || m_question != 0 || !m_link->isIdle() || !m_link->isSettled()) return;
    verbs::FindModels asked;
    for (const QString& folder : m_folders) asked.folders.push_back(folder.toStdString());
    m_question = m_link->ask(verbs::kFindModels.verb, asked, [this](const Message& answer) { take(answer); },
                             {.tag = {}, .quiet = true});
}

// One that was called off comes again when the engine has settled; one that the engine did not survive, or does not
// know, comes no more.
void ModelFinder::take(const Message& answer)
{
    m_question = 0;
    if (std::exchange(m_isPaused, false)) return;
    m_isWanted = false;
    try {
        if (answer.status != Status::Done) throw Error(ErrorCode::Internal, answer.verb, "was not answered");
        m_found = verbs::unpack<verbs::FoundModels>(answer);
    } catch (const Error&) {
        m_found = {{}, {{QT_TRANSLATE_NOOP("FoundModels", "The engine could not finish the search for models."), {}}}};
    }
    Q_EMIT changed();
}

} // namespace headlens
