// SPDX-License-Identifier: GPL-3.0-or-later
// Which panel presenter mode shows beside the stage, and what is said of its keys.
#pragma once

#include <QObject>

namespace headlens {

class InspectionModel;
class LessonPlayer;
class MessageBar;
class Presenter;
class ViewDocks;

class PresenterPanels : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Presenter* presenter;
        ViewDocks* docks;
        LessonPlayer* lessons;
        InspectionModel* model;
        MessageBar* messages;
    };
    PresenterPanels(const Parts& parts, QObject* parent);

private:
    void choose();
    QString wanted() const; // id of a view; empty: none
    bool showsTextAlone() const;
    static QString keys();

    Parts m_parts;
};

} // namespace headlens
