// SPDX-License-Identifier: GPL-3.0-or-later
// File > Open session, Save session: what was open and how it was looked at, in a file.
#pragma once

#include "widgets/compare/pane_wish.h"
#include "widgets/figure/figure_spec.h"
#include "widgets/viewmodel/work_state.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

class QWidget;

namespace headlens {

class AppSettings;
class History;
class MessageBar;
class Workbench;

class Sessions : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QWidget* window; // of the dialogs
        AppSettings* settings;
        Workbench* bench;
        History* history;
        MessageBar* messages;
    };
    explicit Sessions(const Parts& parts);

    bool open(const QString& path);                             // false: it cannot be read, which was said
    void restore(const WorkState& state, const QString& words); // as open(); `words` name it in the history
    void choose();
    void save(); // where it was saved or opened, or as saveAs()
    void saveAs();
    bool saveTo(const QString& path);                                 // says what became of it
    void keepFigure(const FigureSpec& figure) { m_figure = figure; }  // with the next session that is saved
    void keepPanes(const QList<PaneWish>& panes) { m_panes = panes; } // the same
    // Asks for a file that is not where it was; empty: without it. A dialog, unless a test answers.
    void setFinder(std::function<QString(const QString& title, const QString& wasAt)> find)
    {
        m_find = std::move(find);
    }

Q_SIGNALS:
    void opens();                                           // something comes: it must be seen
    void figureRead(const headlens::FigureSpec& figure);    // that was composed last, in the session that is opened
    void panesRead(const QList<headlens::PaneWish>& panes); // of it, beside the main picture

private:
    void findWhatMoved(WorkState& state);
    void tellDifferences();

    Parts m_parts;
    std::function<QString(const QString&, const QString&)> m_find;
    QString m_path; // of the session at hand
    std::optional<FigureSpec> m_figure;
    QList<PaneWish> m_panes;
    WorkState m_awaited;   // what was restored, until it is there
    QStringList m_missing; // of its files, those that nobody found
    bool m_awaits = false;
};

} // namespace headlens
