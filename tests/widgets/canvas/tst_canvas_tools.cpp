// SPDX-License-Identifier: GPL-3.0-or-later
// The tools above the canvas: every one changes what it says and follows changes made elsewhere, and at every width all
// of them can be reached and none is cut.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/canvas/canvas_tools.h"
#include "widgets/canvas/map_menu.h"
#include "widgets/canvas/palette_menu.h"
#include "widgets/canvas/picture_menu.h"
#include "widgets/canvas/scale_menu.h"

#include <QAction>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestCanvasTools : public QObject {
    Q_OBJECT

    static QToolButton* button(const CanvasTools& tools, const char* text)
    {
        for (QToolButton* one : tools.findChildren<QToolButton*>())
            if (one->text() == QLatin1String(text)) return one;
        return nullptr;
    }
    static QAction* line(const QMenu& menu, const QString& text)
    {
        for (QAction* one : menu.actions()) {
            if (one->text() == text) return one;
            if (one->menu() != nullptr)
                if (QAction* inside = line(*one->menu(), text)) return inside;
        }
        return nullptr;
    }
    static void show(CanvasTools& tools, int width)
    {
        tools.resize(width, tools.sizeHint().height());
        tools.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tools));
    }
    // What the row shows or its menu holds, by text.
    static QStringList reachable(CanvasTools& tools)
    {
        QStringList found;
        for (const QToolButton* one : tools.findChildren<QToolButton*>())
            if (one->isVisible() && one != tools.more()) found << one->text();
        if (!tools.more()->isVisible()) return found;
        Q_EMIT tools.more()->menu()->aboutToShow();
        for (const QAction* one : tools.more()->menu()->actions())
            if (!one->isSeparator()) found << one->text();
        return found;
    }

private Q_SLOTS:
    void segmentsChangeWhatIsShownAndFollowIt()
    {
        FakeStage stage;
        DisplaySettings display;
        CanvasTools tools(&stage.model, &stage.selection, &display);
        show(tools, 1600);
        const auto press = [&](const char* text) { QTest::mouseClick(button(tools, text), Qt::LeftButton); };
        const std::vector<std::pair<const char*, OverlayStyle>> styles{{"Spotlight", OverlayStyle::Spotlight},
                                                                       {"Contours", OverlayStyle::Contours},
                                                                       {"Links", OverlayStyle::Links},
                                                                       {"Side by side", OverlayStyle::SideBySide},
                                                                       {"Heat", OverlayStyle::Heat}};
        for (const auto& [text, style] : styles) {
            press(text);
            QCOMPARE(display.get().style, style);
            for (const auto& [other, unused] : styles)
                QCOMPARE(button(tools, other)->isChecked(), QLatin1String(other) == QLatin1String(text));
        }
        press("Heat"); // again: it stays
        QVERIFY(button(tools, "Heat")->isChecked());
        press("Smooth");
        QVERIFY(display.get().smooth && !button(tools, "Patches")->isChecked());
        press("seen by");
        QVERIFY(stage.selection.tokens()->reverse());
        stage.selection.tokens()->setReverse(false); // elsewhere
        QVERIFY(button(tools, "looks at")->isChecked() && !button(tools, "seen by")->isChecked());
        display.change([](headlens::Display& d) { d.smooth = false; });
        QVERIFY(button(tools, "Patches")->isChecked());
    }
    void menusChangeWhatIsShownAndFollowIt()
    {
        FakeStage stage;
        DisplaySettings display;
        CanvasTools tools(&stage.model, &stage.selection, &display);
        line(*tools.palettes(), "magma")->trigger();
        QCOMPARE(display.get().colormap, QStringLiteral("magma"));
        QVERIFY(button(tools, "magma") != nullptr); // the field says it
        tools.palettes()->actions().first()->trigger();
        QVERIFY(display.get().colormap.isEmpty()); // automatic
        auto* opacity = tools.palettes()->findChild<QSlider*>();
        opacity->setValue(40);
        QVERIFY(std::abs(display.get().opacity - 0.4) < 1e-9);
        line(*tools.scales(), "global")->trigger();
        QCOMPARE(display.get().scope, ScaleScope::Global);
        line(*tools.scales(), "Logarithmic")->trigger();
        QVERIFY(display.get().logarithmic && line(*tools.scales(), "Logarithmic")->isChecked());
        line(*tools.scales(), "those that hold 80 % of the row")->trigger();
        QVERIFY(display.get().maskByMass && std::abs(display.get().keepMass - 0.8) < 1e-9);
        line(*tools.scales(), "all")->trigger();
        QVERIFY(!display.get().maskByMass);
        line(*tools.pictures(), "Original")->trigger();
        QCOMPARE(display.get().ground, Ground::Original);
        line(*tools.pictures(), "Principal components")->trigger();
        QVERIFY(line(*tools.pictures(), "Components")->isVisible());
        line(*tools.pictures(), "As DINOv3")->trigger();
        QVERIFY(display.get().sharpComponents);
        const bool grid = display.get().gridLines;
        line(*tools.pictures(), "Patch grid")->trigger();
        QVERIFY(display.get().gridLines != grid);
        line(*tools.pictures(), "Whole picture, squashed")->trigger();
        QCOMPARE(stage.model.request().fit, QStringLiteral("squash"));
        display.change([](headlens::Display& d) { d.scope = ScaleScope::Layer; }); // elsewhere
        QVERIFY(line(*tools.scales(), "per layer")->isChecked() && !line(*tools.scales(), "global")->isChecked());
    }
    void whatAModelHasNotIsNotOffered()
    {
        FakeStage stage;
        DisplaySettings display;
        CanvasTools tools(&stage.model, &stage.selection, &display);
        show(tools, 1600);
        QVERIFY(stage.open("routed"));
        QVERIFY(button(tools, "Heat")->isVisible());
        QVERIFY(!line(*tools.pictures(), "Reconstruction")->isVisible()); // no masked autoencoder
        QVERIFY(!line(*tools.pictures(), "Windows")->isVisible());
        QVERIFY(stage.open("infini")); // a text alone
        for (const char* text : {"Heat", "Patches", "Picture"}) QVERIFY(!button(tools, text)->isVisible());
        for (const char* text : {"looks at", "raw attention"}) QVERIFY2(button(tools, text)->isVisible(), text);
    }
    void atEveryWidthAllCanBeReachedAndNothingIsCut_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {60, 200, 350, 500, 650, 800, 1000, 1600}) QTest::addRow("%d pixels", width) << width;
    }
    void atEveryWidthAllCanBeReachedAndNothingIsCut()
    {
        QFETCH(int, width);
        FakeStage stage;
        DisplaySettings display;
        CanvasTools tools(&stage.model, &stage.selection, &display);
        show(tools, 1600);
        QVERIFY(stage.open("routed"));
        const QStringList all = reachable(tools);
        QVERIFY(!tools.more()->isVisible() && all.size() >= 13);
        show(tools, width);
        QStringList now = reachable(tools);
        for (const char* field : {"Palette", "Scale", "Map", "Picture"}) now.removeAll(QLatin1String(field));
        for (const char* text : {"Heat", "Side by side", "Smooth", "looks at", "seen by"})
            QVERIFY2(now.contains(QLatin1String(text)), text);
        int right = 0;
        for (const QToolButton* one : tools.findChildren<QToolButton*>()) {
            if (!one->isVisible()) continue;
            QVERIFY(one->width() >= one->sizeHint().width());
            right = std::max(right, one->geometry().right());
        }
        QVERIFY(right < std::max(width, tools.minimumSizeHint().width()));
        QCOMPARE(reachable(tools).size() >= 6, true);
    }
    void mapsAreTheMethodsOfTheModel()
    {
        FakeStage stage;
        DisplaySettings display;
        CanvasTools tools(&stage.model, &stage.selection, &display);
        QVERIFY(stage.open("routed"));
        QCOMPARE(tools.maps()->actions().first()->data().toString(), kRowMap);
        QVERIFY(tools.maps()->actions().first()->isChecked());
        QCOMPARE(std::size_t(std::ranges::count_if(tools.maps()->actions(),
                                                   [](const QAction* one) { return one->data().isValid(); })),
                 stage.model.model().methods.size() + 1);
        QVERIFY(!tools.maps()->hasSettings() && tools.maps()->openSettings(&tools) == nullptr);
    }
    void everyPartHasANameInBothStates()
    {
        FakeStage stage;
        DisplaySettings display;
        CanvasTools tools(&stage.model, &stage.selection, &display);
        for (const int width : {1600, 300}) {
            show(tools, width);
            everyPartHasAName(tools);
        }
    }
};

QTEST_MAIN(TestCanvasTools)
#include "tst_canvas_tools.moc"
