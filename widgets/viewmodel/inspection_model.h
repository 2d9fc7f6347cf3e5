// SPDX-License-Identifier: GPL-3.0-or-later
// What the window looks at: the open model, what is run (picture, text, how) and the run that is shown, with the parts
// that follow it. Turns intent into runs; its link keeps it alive over the engine's death.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/viewmodel/engine_link.h"
#include "widgets/viewmodel/model_loader.h"
#include "widgets/viewmodel/run_request.h"
#include "widgets/viewmodel/selection.h"
#include "widgets/viewmodel/shown_picture.h"
#include "widgets/viewmodel/shown_run.h"

#include <QObject>
#include <QSet>

#include <functional>
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
    LiveRows* rows() const { return m_rows; }
    MethodMap* map() const { return m_map; }
    MethodSheet* sheet() const { return m_sheet; }
    HeadStatistics* statistics() const { return m_statistics; }
    Components* components() const { return m_components; }
    Comparison* comparison() const { return m_comparison; }
    FilmSource* film() const { return m_film; }

    void openPicture(const QByteArray& file, const QString& name);
    void acceptCut(const QString& name) { m_cutPictures.insert(name); } // from now on shown as far as it goes
    // Runs again with another text, fit, mask or switches. What is the same as before is not run.
    void change(const std::function<void(RunRequest&)>& how);
    void setRequest(const RunRequest& whole); // whose token changes are of its own text and grid
    const RunRequest& request() const { return m_request; }
    // What was shown is run again (film or picture, and text); forgotten where neither is there.
    void runAgain(bool replay = false); // replay: rows stay until the new ones come
    void cancel();                      // whatever is running

    bool hasModel() const { return m_loader->hasModel(); }
    bool hasInput() const { return m_run->input.tokens > 0; }
    bool hasPictureFile() const; // shown, on its way, or a film
    // Between a new model or picture and its result the engine holds something else than the window shows.
    bool canAsk() const { return hasInput() && m_isCurrent && m_link->isIdle(); }
    const verbs::ModelInfo& model() const { return m_loader->model(); }
    const verbs::InputInfo& input() const { return m_run->input; }
    const ShownRun& run() const { return *m_run; }
    const ShownPicture& picture() const { return m_picture; } // that was run last

Q_SIGNALS:
    void modelOpened(); // another one by wish, before modelChanged(): not the same again for a new engine
    void modelChanged();
    void switchesChanged();
    // Before it is run: the engine still holds the run of `before`.
    void changing(const headlens::RunRequest& before, const headlens::RunRequest& wanted);
    void inputChanged(); // a new run is there: picture, predictions, tokens

private:
    void ask(RunRequest wanted);
    void onDeath(const QString& words);
    void onOpened(bool replay);
    void onOpenEnded(bool replay);
    bool hasSomethingToRun() const;
    void send(bool replay);
    void sendFrame();
    void takeInput(const Message& answer, bool replay);
    void forgetInput();
    bool writesOn() const;
    void selectWithin(bool wasLast);
    void lookWhereMostIsSeen();
    void reportMemoryFallback();
    void tellRemarks();
    void requestViews(); // rows, and whatever else is looked at

    Selection* m_selection;
    EngineLink* m_link;
    ModelLoader* m_loader;
    Comparison* m_comparison;
    LiveRows* m_rows;
    MethodMap* m_map;
    MethodSheet* m_sheet;
    HeadStatistics* m_statistics;
    Components* m_components;
    FilmSource* m_film;
    RunRequest m_request;
    std::shared_ptr<const ShownRun> m_run = std::make_shared<const ShownRun>();
    ShownPicture m_picture; // the one that was run last
    ShownPicture m_wanted;  // that is being opened
    QSet<QString> m_cutPictures;
    QSet<QString> m_remarked;       // SHA-256 of the pictures whose remarks were told
    bool m_isCurrent = false;       // the engine holds the run that is shown
    bool m_selectLastToken = false; // the next text is the first of a new model
};

// One part of the model turned off or up; runs again.
void setSwitch(InspectionModel* model, const QString& name, const QString& value);

// The bytes of a picture file as the tensor "image"; shares them.
TensorBytes imageTensor(const QByteArray& file);

} // namespace headlens
