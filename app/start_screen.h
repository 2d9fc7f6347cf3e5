// SPDX-License-Identifier: GPL-3.0-or-later
// The start page over the maps: it puts all docks away until something is opened or it is skipped.
#pragma once

#include "widgets/start/gallery.h"
#include "widgets/start/start_page.h"

#include <QObject>

class QStackedWidget;

namespace headlens {

class AppSettings;
class InspectionModel;
class HiddenDocks;
class ModelFinder;
class StartRecents;

class StartScreen : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QStackedWidget* stack; // the maps, on its first page
        HiddenDocks* quiet;
        InspectionModel* model;
        AppSettings* settings;
    };
    StartScreen(const Parts& parts, QObject* parent);

    // As the beginning of everything, or for its models alone.
    void show(StartPage::Mode mode = StartPage::Mode::Start);
    void leave();
    bool isShown() const;
    void fill(); // models as the engine lists them, lessons in the language of the window
    // Another place to look for models in; remembered.
    void addFolder(const QString& folder);
    void forgetFolder(const QString& folder);
    StartPage* page() { return m_page; }
    StartRecents* recents() { return m_recents; }
    // What the page offers to see at one click: a model that is there, and a picture for it.
    struct Example {
        QString model, picture; // picture: a path
    };
    Example example() const;
    QList<GalleryLesson> lessons() const; // those that come along, with how far the learner came
    void rememberLesson(const QString& folder, int step);
    ModelFinder* finder() { return m_finder; }

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void lessonsChanged(); // their titles, or how far the learner came
    void changed();        // shown, or no longer; the docks follow
    void left();           // the docks are back

private:
    void listen();
    void look(); // for models on this computer
    void fillFound();
    void fillRecent();

    Parts m_parts;
    StartPage* m_page;
    ModelFinder* m_finder;
    StartRecents* m_recents;
};

} // namespace headlens
