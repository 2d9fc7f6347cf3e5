// SPDX-License-Identifier: GPL-3.0-or-later
// Which workspace the window shows, and how each of them is laid out: as its row of the table says, or as the person
// left it. Selection, zoom and run are shared by all: only panes come and go.
#pragma once

#include "app/workspace.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSize>
#include <QString>
#include <QWidget>

class QMainWindow;

namespace headlens {

class AppSettings;
class DockVisibility;
class HiddenDocks;
class LessonPlayer;
class PaneSizes;
class Presenter;
class ScreenFit;
class StartScreen;
class ViewDocks;

class Workspaces : public QObject {
    Q_OBJECT
public:
    static constexpr int kVersion = 9; // raise it when a dock is added: old layouts are then not restored
    static constexpr QSize kUsualSize{1280, 820};

    struct Parts {
        QMainWindow* window;
        ViewDocks* docks;
        HiddenDocks* quiet;
        DockVisibility* offers;
        ScreenFit* fit;
        Presenter* presenter;
        StartScreen* start;
        LessonPlayer* lessons;
        AppSettings* settings;
    };
    explicit Workspaces(const Parts& parts);

    void begin(); // with all docks, bars and menus there
    void show(const QString& id);
    // The one that is seen: kModelsWorkspace while the start page lies over the maps.
    QString current() const;
    // Shows a view, by its id or a part's: here where it is a pane, beside an open lesson, or as a tab of this
    // workspace; otherwise where it is at home.
    void showView(const QString& view);
    void openLesson(); // one comes
    void closeLesson();
    void showBeside(const QString& view); // in the current one, whichever that is
    void reset();                         // the layout of the current one
    void remember();                      // for the next start
    // As --size asks: stays so on a smaller screen, which a picture of the window has no need of.
    void setSize(const QSize& size);

Q_SIGNALS:
    void changed(const QString& id);
    void focusLost();                                // it was in a pane that is no longer there
    void layoutUnreadable(const QString& workspace); // a kept layout was damaged or of another version: as at first

private:
    const Workspace& row() const;
    void settle(); // the docks of the chosen one, unless they are put away
    void apply();
    void arrange();
    void keep(); // the layout as it is now
    void returnFocus(const QPointer<QWidget>& before);
    void settleLesson();
    void leaveGuest();

    Parts m_parts;
    PaneSizes* m_sizes;
    QString m_chosen, m_applied; // where docks are put away, the docks of the chosen one come when they come back
    QHash<QString, QByteArray> m_layouts; // as left, by workspace
    QString m_before = kFirstWorkspace;   // in which a lesson was opened
    QString m_guest;                      // the view that a step of a lesson brought along
};

} // namespace headlens
