// SPDX-License-Identifier: GPL-3.0-or-later
// Takes what the window shows as one value, and puts such a value back: model, then input, then the rest, each as soon
// as the engine has answered. Lives in the window's thread.
#pragma once

#include "widgets/viewmodel/in_turn.h"
#include "widgets/viewmodel/work_state.h"

#include <QObject>

#include <functional>

namespace headlens {

class FilmPlayer;
class InspectionModel;

class Workbench : public QObject {
    Q_OBJECT
public:
    struct Parts {
        InspectionModel* model;
        Selection* selection;
        DisplaySettings* display;
        FilmPlayer* player;
    };
    // What only the window can do.
    struct Window {
        std::function<void(const TextRequest&)> fillText;     // shows and runs it
        std::function<void(const QString& path)> openPicture; // a file; says why it cannot
        std::function<QString()> workspace = [] { return QString(); };
        std::function<void(const QString&)> showWorkspace = [](const QString&) {};
    };
    Workbench(const Parts& parts, Window window, QObject* parent);

    WorkState state() const;
    // Begins when control is back in the event loop: of several in a row only the last one is put there. A query that
    // is not pinned follows the mouse and stays where it is unless `whole`.
    void put(const WorkState& state, bool whole);
    bool isBusy() const { return m_isBusy; } // what is shown is on its way to what was put
    bool isReady() const;                    // what is shown can be taken: no model or input is on its way
    InspectionModel* model() const { return m_parts.model; }
    const Parts& parts() const { return m_parts; }

Q_SIGNALS:
    void done(); // what was put is there, or as much of it as there can be

private:
    void begin();
    void openModel();
    void openInput();
    RunRequest possibleHere(const RunRequest& wanted) const;
    void openPicture();
    void seek();
    void look();
    void chooseHeads();
    void chooseMap();
    void chooseToken();
    bool showsPicture() const; // that of m_wanted
    QString modelPath() const;
    const QString& hashOf(const QByteArray& file) const;

    Parts m_parts;
    Window m_window;
    InTurn* m_turn;
    WorkState m_wanted;
    bool m_isWhole = false, m_isBusy = false, m_isWaiting = false;
    mutable QByteArray m_hashed; // the picture that m_hash is of
    mutable QString m_hash;
};

} // namespace headlens
