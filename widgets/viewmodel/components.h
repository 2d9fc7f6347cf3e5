// SPDX-License-Identifier: GPL-3.0-or-later
// Principal components of the chosen layer as colours, kept up to date while they are wanted.
#pragma once

#include "core/wire/verbs.h"

#include <QImage>
#include <QObject>

namespace headlens {

class HeadChoice;
class InspectionModel;

class Components : public QObject {
    Q_OBJECT
public:
    Components(InspectionModel* model, HeadChoice* heads);

    void want(bool wanted, const QString& recipe); // recipe: "v2" or "v3" (DINOv2, DINOv3)
    void request();                                // where they are wanted
    void refit(bool flip);                         // flip: the other side becomes the foreground
    void forget() { m_picture = {}; }

    const QImage& picture() const { return m_picture; } // one pixel a patch; null until asked for
    const verbs::PcaResult& info() const { return m_info; }

Q_SIGNALS:
    void changed();

private:
    void ask(bool refit, bool flip);

    InspectionModel* m_model;
    HeadChoice* m_heads;
    QImage m_picture;
    verbs::PcaResult m_info;
    bool m_wanted = false;
    QString m_recipe = QStringLiteral("v2");
};

} // namespace headlens
