// SPDX-License-Identifier: GPL-3.0-or-later
// What a pane beside the main picture looks at: an engine of its own with its model, run and selection, which follow
// the window in everything that is not the pane's own. The engine is started when there is something to compare, and
// ends with this. Lives in the window's thread.
#pragma once

#include "widgets/compare/linked_selection.h"
#include "widgets/compare/pane_wish.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QObject>

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace headlens {

class PaneModel : public QObject {
    Q_OBJECT
public:
    explicit PaneModel(const LinkedSelection::End& window, QObject* parent = nullptr);
    ~PaneModel() override;

    // A model that failed to open is tried again. Of models that are asked for while one opens the last is opened.
    void setWish(const PaneWish& wish);
    const PaneWish& wish() const { return m_wish; }
    // While nobody sees it, nothing follows and nothing is started.
    void setAwake(bool awake);
    bool isStarted() const { return m_model != nullptr; }
    InspectionModel* model() const { return m_model.get(); } // null: not started
    Selection* selection() const { return m_selection.get(); }
    const EngineClient* engine() const { return m_engine.get(); }
    const LinkedSelection::End& window() const { return m_window; }
    QString wantedModel() const;                  // its own, else the window's
    QString problem() const { return m_problem; } // what the pane cannot show, in one sentence

Q_SIGNALS:
    void started();
    void wishChanged();
    void problemChanged();

private:
    void start();
    void follow();
    void followModel();
    void followInput();
    bool followFilm(); // false: there is none to follow
    void followMap();
    void followScore();
    RunRequest wantedRequest() const;
    bool readPicture();
    void setProblem(const QString& text);

    LinkedSelection::End m_window;
    PaneWish m_wish;
    std::unique_ptr<EngineClient> m_engine; // outlives those that ask it
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<InspectionModel> m_model;
    std::unique_ptr<LinkedSelection> m_link;
    QString m_asked, m_opened; // the model that was asked for last, and the one that came
    std::map<std::string, std::string> m_settings;
    std::pair<std::string, std::string> m_machine; // device and precision it was asked for on
    ShownPicture m_own;                            // where the wish names one
    ShownPicture m_sent;                           // that was run last
    std::string m_film;                            // that was asked for last; empty: none
    QString m_problem;
    bool m_isNotice = false;                  // the problem has passed, and is told until something else is chosen
    bool m_isAwake = false, m_isLate = false; // late: another model is wanted than the one that is being opened
};

} // namespace headlens
