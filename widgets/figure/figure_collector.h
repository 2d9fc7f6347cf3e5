// SPDX-License-Identifier: GPL-3.0-or-later
// Collects the numbers of a figure, one question after the other, so that it can be stopped and says how far it is.
// Where the window shows what the figure asks for, its engine is asked beside it; else an engine of the collector's
// own opens models and pictures, and what the window shows is not disturbed. Lives in the window's thread.
#pragma once

#include "core/wire/safetensors.h"
#include "widgets/figure/figure_panels.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace headlens {

class EngineClient;
class EngineLink;
class InspectionModel;
struct Message;

class FigureCollector : public QObject {
    Q_OBJECT
public:
    // `engine`: the command that starts one. `shown`: what the window shows; null: nothing.
    FigureCollector(QStringList engine, InspectionModel* shown, QObject* parent = nullptr);
    ~FigureCollector() override;

    // Of several wishes the last one is answered: finished() or failed(), neither when it was cancelled.
    void start(const FigureContent& content);
    void cancel();
    bool isBusy() const { return m_busy; }
    bool hasOwnEngine() const { return m_engine != nullptr; }

Q_SIGNALS:
    void progress(int done, int total);                                 // panels
    void checked(const std::vector<headlens::FigureProblem>& problems); // as soon as model and input are there
    void finished(const headlens::FigureData& data);
    void failed(const QString& sentence);
    void busyChanged(bool busy);

private:
    struct Run { // one model and one input with the cells that they fill
        QString model;
        int input = 0;
        QList<int> cells; // row by row
    };
    struct Question { // with the panels that its answer fills
        FigureSubject subject;
        QList<int> cells;
    };
    void begin();
    void openModel();
    void runInput();
    void enter(FigureStage stage);
    void planRuns();
    void planQuestions();
    void askNext();
    void askRows(const Question& question, int token);
    void askMap(const Question& question, int token);
    void fill(const Question& question, const std::function<FigurePanel(const FigureSubject&)>& make);
    void endRun();
    void nameLines(const FigureStage& stage);
    void fail(const QString& sentence);
    void setBusy(bool busy);
    bool isShown(const FigureContent& content) const;
    EngineLink* link();
    FigureSubject subjectOf(int cell) const;
    bool isPicture(int cell) const;
    void addPictures(); // of the run under way
    // `then` hears the answer, unless the wish was given up meanwhile.
    void send(const char* verb, const Json& body, std::vector<TensorBytes> tensors,
              std::function<void(const Message&)> then);

    QStringList m_command;
    InspectionModel* m_shown;
    std::unique_ptr<EngineClient> m_engine;
    EngineLink* m_own = nullptr;
    QString m_openModel; // of the own engine
    FigureData m_data;
    FigureStage m_stage;
    QList<Run> m_runs;               // still to come; the first one is under way
    QList<Question> m_questions;     // of the run under way
    quint64 m_turn = 0, m_asked = 0; // of the wish, id of its question under way
    int m_filled = 0;
    bool m_usesShown = false, m_planned = false, m_busy = false;
};

} // namespace headlens
