// SPDX-License-Identifier: GPL-3.0-or-later
// A view-model over the fake engine (fake_engine.cpp), for tests of views that need answers but no torch.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QTest>

namespace headlens::test {

struct FakeStage {
    EngineClient engine{{QStringLiteral(HEADLENS_FAKE_ENGINE)}};
    Selection selection;
    InspectionModel model{&engine, &selection};

    FakeStage() { engine.start(); }
    bool settled()
    {
        return QTest::qWaitFor([this] { return model.link()->isSettled() && model.hasInput(); }, 10'000);
    }
    // Opens one of the models of the fake and runs an input.
    bool open(const char* name)
    {
        model.loader()->open(QString::fromLatin1(name));
        const auto isOpen = [&] { return model.link()->isSettled() && model.model().name == name; };
        if (!QTest::qWaitFor(isOpen, 10'000)) return false;
        if (model.model().takesPictures) model.wishes()->openPicture(QByteArray("a picture"), QStringLiteral("one"));
        if (!settled() || model.input().tokens != model.input().blocks[0].keys) return false;
        selection.heads()->setLayer(0); // a model of pictures begins at its last one
        selection.heads()->setHead(0);
        return QTest::qWaitFor([this] { return model.link()->isSettled(); }, 10'000);
    }
    // The switches the engine was asked for, as it says them.
    QString asked() const { return QString::fromStdString(model.input().sha256); }
};

} // namespace headlens::test
