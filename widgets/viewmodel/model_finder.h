// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the engine which models lie on its machine, when it has nothing else to do: whatever a person wishes meanwhile
// stops the search, which begins again behind it. Lives in the window's thread.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/viewmodel/engine_link.h"

#include <QObject>
#include <QStringList>

namespace headlens {

class ModelFinder : public QObject {
    Q_OBJECT
public:
    explicit ModelFinder(EngineLink* link, QObject* parent = nullptr);

    // In the places that the engine knows and in `folders`, which are paths on its machine.
    void find(const QStringList& folders);
    void stop(); // nobody looks any more; what was found stays
    bool isLooking() const { return m_isWanted; }
    const verbs::FoundModels& found() const { return m_found; }

Q_SIGNALS:
    void changed(); // it looks, has found what there is, or has given up

private:
    void askWhenIdle();
    void pause();
    void take(const Message& answer);

    EngineLink* m_link;
    QStringList m_folders;
    verbs::FoundModels m_found;
    quint64 m_question = 0; // under way; 0: none
    bool m_isWanted = false;
    bool m_isPaused = false; // the question under way was called off
};

} // namespace headlens
