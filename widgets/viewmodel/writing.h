// SPDX-License-Identifier: GPL-3.0-or-later
// What the open model writes: how the next token is chosen, every step since the text began, and how fast it goes. One
// for a model, which the text and the pane of its settings share. Lives in the window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QElapsedTimer>
#include <QObject>

namespace headlens {

class Writing : public QObject {
    Q_OBJECT
public:
    static Writing* of(InspectionModel* model); // lives as long as it does

    const verbs::Generate& how() const { return m_how; } // its seed is that of the first token
    void setHow(const verbs::Generate& how);

    void write(int tokens); // from where the text stands
    void ask();             // of a question: answers it anew, once it is read
    void stop();            // what was written so far stays
    void retry();           // takes back what was written and writes as many tokens anew, by chance others
    void clear();

    bool isBusy() const { return m_busy; }
    bool isToAsk() const; // a question waits for its answer; else there is something to go on from
    bool canWrite() const { return m_model->model().text.writes && !m_busy; }
    const verbs::Written& written() const { return m_written; } // all steps since the last clear()
    const QString& soFar() const { return m_soFar; }            // while it writes
    const QString& before() const { return m_before; }          // the answer to the same text that was taken back
    double tokensPerSecond() const { return m_rate; }           // of the last time; 0: nothing was written

Q_SIGNALS:
    void changed(); // steps, or busy or not
    void grown();   // soFar()
    void howChanged();

private:
    explicit Writing(InspectionModel* model);
    void take(const verbs::Written* written);
    void keepText();
    void forget();
    void onInput();

    InspectionModel* m_model;
    verbs::Generate m_how;
    verbs::Written m_written;
    QString m_soFar, m_before, m_beforeOf; // the text whose answer it was
    QElapsedTimer m_clock;
    double m_rate = 0;
    int m_asked = 0, m_again = 0; // tokens: of the last time; to be written once the text is taken back
    int m_retries = 0;            // every one draws otherwise
    bool m_busy = false, m_stopped = false, m_wasToAsk = false;
};

// Whether what is typed is a question that goes through the model's chat template.
bool asksQuestions(const InspectionModel& model);

// How many tokens at the end of its sequence the model has written: of a decoder all but its start mark. `stream` is
// where they stand; -1: the model writes nothing.
struct WrittenPlace {
    int stream = -1, begin = 0, count = 0;
};
WrittenPlace writtenPlace(const InspectionModel& model);

} // namespace headlens
