// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/in_turn.h"

#include "core/base/error.h"
#include "widgets/viewmodel/engine_link.h"

#include <utility>

namespace headlens {

InTurn::InTurn(EngineLink* link, QObject* parent) : QObject(parent), m_link(link)
{
    connect(m_link, &EngineLink::settled, this, &InTurn::advance, Qt::QueuedConnection);
}

void InTurn::begin(std::vector<Part> parts)
{
    m_parts = std::move(parts);
    m_next = 0;
    if (m_link->isSettled()) advance(); // otherwise as soon as it is
}

void InTurn::stop()
{
    m_next = m_parts.size();
}

void InTurn::advance()
{
    if (isDone() || m_advances || !m_link->isSettled()) return;
    m_advances = true; // what is done here settles at once where nothing has to run
    try {
        while (!isDone() && m_link->isSettled()) {
            const Part part = m_parts[m_next++]; // a copy: it may begin another turn
            part();
        }
    } catch (const Error& problem) {
        stop();
        Q_EMIT failed(QString::fromUtf8(problem.what()));
    }
    m_advances = false;
    if (isDone()) Q_EMIT finished();
}

} // namespace headlens
