// SPDX-License-Identifier: GPL-3.0-or-later
// "Export figure…": opens the composer with what the window shows, as the figure that was made last.
#pragma once

#include "widgets/figure/figure_composer.h"

#include <QObject>
#include <QPointer>

class QAction;

namespace headlens {

class AppSettings;
class Filmstrip;

class FigureAction : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QWidget* window;
        InspectionModel* model;
        Selection* selection;
        DisplaySettings* display;
        Filmstrip* strip; // whose pictures lie ready
        AppSettings* settings;
        QStringList engine;
    };
    explicit FigureAction(const Parts& parts);

    QAction* action() const { return m_action; } // its text is given by who shows it
    // Opens the composer, or brings the open one to the front.
    void open();
    void remember(const FigureSpec& spec) { m_remembered = spec; } // of a session: it opens with this one
    FigureComposer* composer() const { return m_composer; }

Q_SIGNALS:
    void specChanged(const headlens::FigureSpec& spec); // what a session keeps

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Closed { // a composer, and what the window showed then
        FigureSpec spec;
        FigureContent shown;
    };
    FigureComposer* show();
    void reopen();
    FigureWindow window() const;
    FigureContent shown() const; // but for a query that only follows the mouse
    void begin();

    Parts m_parts;
    QAction* m_action;
    QPointer<FigureComposer> m_composer;
    std::optional<FigureSpec> m_remembered;
    std::optional<Closed> m_closed; // the last one
};

} // namespace headlens
