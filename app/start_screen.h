// SPDX-License-Identifier: GPL-3.0-or-later
// The start page over the maps: it puts all docks away until something is opened or it is skipped.
#pragma once

#include <QObject>

class QStackedWidget;

namespace headlens {

class AppSettings;
class InspectionModel;
class HiddenDocks;
class StartPage;

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

    void show();
    void leave();
    bool isShown() const;
    void fill(); // models as the engine lists them, lessons in the language of the window
    StartPage* page() { return m_page; }

Q_SIGNALS:
    void changed(); // shown, or no longer; the docks follow
    void left();    // the docks are back

private:
    void listen();

    Parts m_parts;
    StartPage* m_page;
};

} // namespace headlens
