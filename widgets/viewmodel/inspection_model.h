// SPDX-License-Identifier: GPL-3.0-or-later
// What the window looks at: the open model and the run that is shown, with the parts that follow it; what somebody
// wants to be run is said to its wishes(). Its link keeps it alive over the engine's death.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/viewmodel/engine_link.h"
#include "widgets/viewmodel/model_loader.h"
#include "widgets/viewmodel/run_wishes.h"
#include "widgets/viewmodel/selection.h"
#include "widgets/viewmodel/shown_run.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace headlens {

class Comparison;
class Components;
class FilmSource;
class HeadStatistics;
class LiveRows;
class MethodMap;
class MethodSheet;

class InspectionModel : public QObject {
    Q_OBJECT
public:
    InspectionModel(EngineClient* engine, Selection* selection, QObject* parent = nullptr);

    EngineLink* link() const { return m_link; }
    ModelLoader* loader() const { return m_loader; }
    RunWishes* wishes() const { return m_wishes; }
    LiveRows* rows() const { return m_rows; }
    MethodMap* map() const { return m_map; }
    MethodSheet* sheet() const { return m_sheet; }
    HeadStatistics* statistics() const { return m_statistics; }
    Components* components() const { return m_components; }
    Comparison* comparison() const { return m_comparison; }
    FilmSource* film() const { return m_film; }

    bool hasModel() const { return m_loader->hasModel(); }
    bool hasInput() const { return m_run->input.tokens > 0; }
    // Between a new model or picture and its result the engine holds something else than the window shows.
    bool canAsk() const { return hasInput() && m_isCurrent && m_link->isIdle(); }
    const verbs::ModelInfo& model() const { return m_loader->model(); }
    const verbs::InputInfo& input() const { return m_run->input; }
    const ShownRun& run() const { return *m_run; }
    const RunRequest& request() const { return m_wishes->request(); } // what is wanted

Q_SIGNALS:
    void modelOpened(); // another one by wish, before modelChanged(): not the same again for a new engine
    void modelChanged();
    void inputChanged(); // a new run is there: picture, predictions, tokens

private:
    void onDeath(const QString& words);
    void onOpened(bool replay);
    void onOpenEnded(bool replay);
    void takeInput(const Message& answer, bool replay);
    void forgetInput();
    int writingStream() const; // -1: there is none
    bool writesOn() const { return writingStream() >= 0; }
    void selectWithin(bool wasLast);
    void lookWhereMostIsSeen();
    void reportMemoryFallback();
    void tellRemarks();
    void requestViews(); // rows, and whatever else is looked at

    Selection* m_selection;
    EngineLink* m_link;
    ModelLoader* m_loader;
    RunWishes* m_wishes;
    Comparison* m_comparison;
    LiveRows* m_rows;
    MethodMap* m_map;
    MethodSheet* m_sheet;
    HeadStatistics* m_statistics;
    Components* m_components;
    FilmSource* m_film;
    std::shared_ptr<const ShownRun> m_run = std::make_shared<const ShownRun>();
    QSet<QString> m_remarked;       // SHA-256 of the pictures whose remarks were told
    bool m_isCurrent = false;       // the engine holds the run that is shown
    bool m_selectLastToken = false; // the next text is the first of a new model
};

} // namespace headlens
