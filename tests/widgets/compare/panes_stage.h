// SPDX-License-Identifier: GPL-3.0-or-later
// The main picture with the panes beside it over the fake engine, as in the window.
#pragma once

#include "tests/support/fake_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/compare/side_by_side.h"
#include "widgets/viewmodel/live_rows.h"

namespace headlens::test {

struct PanesStage {
    FakeStage stage;
    DisplaySettings display;
    Canvas canvas{&stage.model, &stage.selection, &display};
    SideBySide view{&stage.model, &stage.selection, &display};

    bool open(const char* model = "plain")
    {
        view.setMainCanvas(&canvas);
        canvas.resize(500, 500);
        view.resize(700, 500);
        canvas.show();
        view.show();
        return QTest::qWaitForWindowExposed(&view) && stage.open(model);
    }
    ComparePane* first() const { return view.panes().first(); }
    PaneModel* pane() const { return first()->pane(); }
    void wish(const std::function<void(PaneWish&)>& change) const
    {
        PaneWish wish = pane()->wish();
        change(wish);
        pane()->setWish(wish);
    }
    bool settled() const
    {
        return QTest::qWaitFor(
            [this] {
                const InspectionModel* model = pane()->model();
                return model != nullptr && model->link()->isSettled() && model->hasInput() &&
                       !model->rows()->layers().empty();
            },
            10'000);
    }
    // Another model in the first pane.
    bool openBeside(const char* model)
    {
        wish([model](PaneWish& wish) { wish.model = QString::fromLatin1(model); });
        return settled() &&
               QTest::qWaitFor([&] { return pane()->model()->model().name == model && settled(); }, 10'000);
    }
    TokenPlace query() const { return pane()->selection()->tokens()->query(); }
};

} // namespace headlens::test
