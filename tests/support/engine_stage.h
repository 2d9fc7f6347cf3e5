// SPDX-License-Identifier: GPL-3.0-or-later
// A view-model over the real engine with one of the models that come along, for tests of views (tests/widgets).
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QFile>
#include <QTest>

namespace headlens::test {

struct EngineStage {
    EngineClient engine{{QStringLiteral(HEADLENS_CLI), QStringLiteral("serve")}};
    Selection selection;
    InspectionModel model{&engine, &selection};

    EngineStage() { engine.start(); }
    bool settles()
    {
        return QTest::qWaitFor([this] { return model.link()->isSettled() && model.hasInput(); }, 30'000);
    }
    // An embedded model by its name, and a picture of resources/images.
    bool open(const char* name, const char* picture = "chelsea.jpg")
    {
        QFile file(QStringLiteral(HEADLENS_SOURCE "/resources/images/") + QLatin1String(picture));
        if (!file.open(QIODevice::ReadOnly)) return false;
        model.loader()->open(QString::fromLatin1(name));
        model.wishes()->openPicture(file.readAll(), QString::fromLatin1(picture));
        return settles();
    }
};

} // namespace headlens::test
