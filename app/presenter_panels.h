// SPDX-License-Identifier: GPL-3.0-or-later
// Which panel presenter mode shows beside the stage, and what is said of its keys.
#pragma once

#include <QObject>

namespace headlens {

class InspectionModel;
class LessonPlayer;
class MessageBar;
class Presenter;
class HiddenDocks;
class ViewDocks;

class PresenterPanels : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Presenter* presenter;
        HiddenDocks* quiet;
        ViewDocks* docks;
        LessonPlayer* lessons;
        InspectionModel* model;
        MessageBar* messages;
    };
    PresenterPanels(const Parts& parts, QObject* parent);

private:
    void choose();
    QString wanted() const; // id of a view; empty: none
    void settleLessonDock();
    static QString keys();

    Parts m_parts;
    bool m_hadLesson = false; // open when the docks were put away
};

} // namespace headlens
