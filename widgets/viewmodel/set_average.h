// SPDX-License-Identifier: GPL-3.0-or-later
// Lets the engine work sets of inputs off before a change takes their means. Few inputs a question: what the mouse asks
// for meanwhile waits for no more. Window's thread.
#pragma once

#include <QObject>
#include <QStringList>

namespace headlens {

class InspectionModel;

namespace verbs {
struct AveragedSet;
}

class SetAverage : public QObject {
    Q_OBJECT
public:
    explicit SetAverage(InspectionModel* model, QObject* parent = nullptr);

    void start(const QStringList& paths); // one after the other
    void stop();                          // also by itself, with the model; what was run stays with the engine
    bool isRunning() const { return !m_paths.isEmpty(); }
    int done() const { return m_done; } // of the set under way
    int total() const { return m_total; }
    int failed() const { return m_failed; }              // of all sets
    const QString& failure() const { return m_failure; } // of the first one

Q_SIGNALS:
    void changed();
    void finished(); // all of them can be taken; not where one failed, which the window says

private:
    void askNext();
    void take(const verbs::AveragedSet& answer);

    InspectionModel* m_model;
    QStringList m_paths; // what is left
    QString m_failure;
    int m_done = 0, m_total = 0, m_failed = 0;
    unsigned m_round = 0; // counts starts: an answer about an older one is none
    bool m_isAsking = false;
};

} // namespace headlens
