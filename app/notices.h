// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that happens without being asked for, as one line above the canvas.
#pragma once

#include "core/wire/verbs.h"

#include <QObject>

namespace headlens {

class Filmstrip;
class InspectionModel;
class MessageBar;

class Notices : public QObject {
    Q_OBJECT
public:
    struct Parts {
        InspectionModel* model;
        MessageBar* messages;
        Filmstrip* strip; // where a picture that is cut off can be chosen again
    };
    Notices(const Parts& parts, QObject* parent);

Q_SIGNALS:
    void pictureUnreadable(const QString& name); // it was said

private:
    void onFailure(const verbs::Failure& failure);
    void offerCutPicture(const verbs::Failure& failure);
    void onComparison();
    void onInput();
    static QString differs(); // from the held run

    Parts m_parts;
};

} // namespace headlens
