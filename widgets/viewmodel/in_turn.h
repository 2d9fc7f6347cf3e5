// SPDX-License-Identifier: GPL-3.0-or-later
// Puts something on the stage in parts, each of which may make the engine run: the next one waits for its answer. For
// lessons, sessions and undo. Lives in the window's thread.
#pragma once

#include <QObject>

#include <functional>
#include <vector>

namespace headlens {

class EngineLink;

class InTurn : public QObject {
    Q_OBJECT
public:
    using Part = std::function<void()>; // may throw Error, which ends the turn

    explicit InTurn(EngineLink* link, QObject* parent = nullptr);

    void begin(std::vector<Part> parts); // instead of what is under way
    void stop();
    bool isDone() const { return m_next == m_parts.size(); } // the last part has begun, or there is none

Q_SIGNALS:
    void failed(const QString& why);
    void finished(); // all parts were done, or as many as could be

private:
    void advance();

    EngineLink* m_link;
    std::vector<Part> m_parts;
    std::size_t m_next = 0;
    bool m_advances = false;
};

} // namespace headlens
