// SPDX-License-Identifier: GPL-3.0-or-later
// The view "Training": its arithmetic, and the view over the made-up trainings of the fake engine.
// With HEADLENS_SHOTS=folder every view is written there as a picture, in light and dark, narrow and wide.
#include "core/wire/safe_json.h"
#include "tests/support/fake_stage.h"
#include "tests/support/made_up_history.h"
#include "tests/support/view_shots.h"
#include "widgets/training/columns_box.h"
#include "widgets/training/curve_plot.h"
#include "widgets/training/picture_row.h"
#include "widgets/training/share_bars.h"
#include "widgets/training/step_player.h"
#include "widgets/training/training_view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QProxyStyle>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QStyleFactory>
#include <QTest>
#include <QToolButton>

using namespace headlens;
using namespace headlens::test;

namespace {

// A desktop that wants motion, or as little as possible.
class Motion : public QProxyStyle {
public:
    explicit Motion(int duration) : m_duration(duration) {}
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        return hint == SH_Widget_Animation_Duration ? m_duration : QProxyStyle::styleHint(hint, option, widget, data);
    }

private:
    int m_duration;
};

// Counts what a step must not cause.
class LayoutCounter : public QObject {
public:
    int count = 0;
    bool eventFilter(QObject*, QEvent* event) override
    {
        count += event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize ? 1 : 0;
        return false;
    }
};

verbs::HistoryBars oneRow(std::vector<double> row)
{
    return {"b", {std::move(row)}};
}

} // namespace

class TestTrainingView : public QObject {
    Q_OBJECT

    struct Stage : FakeStage {
        DisplaySettings display;
        TrainingView view{&model, &display};
        explicit Stage(const char* name, QSize size = {420, 760})
        {
            view.resize(size);
            view.show();
            if (!open(name)) qFatal("%s was not opened", name);
        }
        StepPlayer& player() { return *view.player(); }
        bool hasRecord()
        {
            return QTest::qWaitFor([&] { return !view.record().isEmpty(); }, 10'000);
        }
        QString valueOf(std::size_t panel, int curve) { return view.plots()[panel]->values().value(curve); }
    };

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void partsWithoutOneValueAStepAreLeftOut()
    {
        verbs::History history = madeUpHistory("whole");
        const TrainingRecord whole = recordOf(history);
        QCOMPARE(whole.panels.size(), std::size_t(3));
        QCOMPARE(whole.panels[1].name, QStringLiteral("entropy in bits"));
        QCOMPARE(whole.panels[1].curves.size(), std::size_t(2));
        QCOMPARE(whole.panels[1].levels.size(), std::size_t(2));
        QCOMPARE(whole.pictures[1].ground, 0);
        history.curves[0].values.pop_back();
        history.bars[0].values[3].pop_back();
        history.pictures[0].frames[0].resize(8);
        history.pictures[2].frames.pop_back();
        const TrainingRecord less = recordOf(history);
        QCOMPARE(less.panels.size(), std::size_t(2));
        QCOMPARE(less.bars.size(), std::size_t(1));
        QCOMPARE(less.pictures.size(), std::size_t(1));
        QCOMPARE(less.pictures[0].ground, -1); // the map stands alone
        QVERIFY(recordOf({}).isEmpty());
    }
    void betweenTwoStepsValuesLieBetweenToo()
    {
        QCOMPARE(valueAt({1, 3, 7}, 1.25), 4.0);
        QCOMPARE(valueAt({1, 3, 7}, 2.0), 7.0);
        QCOMPARE(valueAt({1, 3, 7}, 9), 7.0);
        QCOMPARE(stepAt(2.9999999), 3);
        QCOMPARE(stepAt(2.9), 2);
        const verbs::HistoryBars bars{"b", {{2, 2}, {0, 8}}};
        QCOMPARE(sharesAt(bars, 0), (std::vector<double>{0.5, 0.5}));
        QCOMPARE(sharesAt(bars, 0.5), (std::vector<double>{0.25, 0.75}));
    }
    void distributionsSayTheirEntropy_data()
    {
        QTest::addColumn<std::vector<double>>("row");
        QTest::addColumn<double>("entropy");
        QTest::addColumn<double>("largest");
        QTest::addColumn<int>("where");
        QTest::newRow("equal") << std::vector<double>{3, 3, 3, 3} << 2.0 << 0.25 << 0;
        QTest::newRow("one answer") << std::vector<double>{0, 5, 0, 0} << 0.0 << 1.0 << 1;
        QTest::newRow("two of four") << std::vector<double>{0, 1, 0, 1} << 1.0 << 0.5 << 1;
        QTest::newRow("nothing") << std::vector<double>{0, 0, 0, 0} << 0.0 << 0.0 << -1;
    }
    void distributionsSayTheirEntropy()
    {
        QFETCH(std::vector<double>, row);
        const ShareWords words = wordsOf(sharesAt(oneRow(row), 0));
        QTEST(words.entropy, "entropy");
        QTEST(words.largest, "largest");
        QTEST(words.where, "where");
        QCOMPARE(words.most, 2.0);
    }
    void stepsThatDoubleHaveAnAxisThatDoubles()
    {
        const TrainingRecord even = recordOf(madeUpHistory("one")), doubling = recordOf(madeUpHistory("doubling"));
        QVERIFY(!even.isLogarithmic());
        QVERIFY(doubling.isLogarithmic());
        QCOMPARE(even.axisAt(1.5), 150.0);
        QCOMPARE(even.nearest(149), 1);
        QCOMPARE(even.nearest(1e9), 40);
        QCOMPARE(doubling.axisAt(0), 1.0); // log2(1 + 1)
        QCOMPARE(doubling.nearest(doubling.axisOf(70)), 6);
    }

    void theRecordOfTheModelIsShownFromItsEnd()
    {
        Stage stage("trained-whole");
        QVERIFY(stage.hasRecord());
        QCOMPARE(stage.view.title(),
                 QStringLiteral("The teacher must neither collapse to one answer nor to all of them"));
        QCOMPARE(stage.player().step(), 40);
        QCOMPARE(stage.player().text(), QStringLiteral("step 4,000 of 4,000"));
        QCOMPARE(stage.view.plots().size(), std::size_t(3));
        QCOMPARE(stage.view.bars().size(), std::size_t(2));
        QVERIFY(stage.view.pictures() != nullptr);
        stage.view.setStep(18);
        QCOMPARE(stage.player().text(), QStringLiteral("step 1,800 of 4,000"));
        const double loss = stage.view.record().panels[0].curves[0].values[18];
        QCOMPARE(stage.valueOf(0, 0), QString::number(loss, 'f', 3));
        QVERIFY(stage.view.plots()[0]->accessibleDescription().contains(QString::number(loss, 'f', 3)));
        QVERIFY(stage.view.plots()[1]->accessibleDescription().contains("collapsed: 0.00"));
        stage.view.setStep(0);
        QVERIFY(stage.view.bars()[0]->sentence().startsWith("entropy 4.00 bits of at most 4.00"));
        QVERIFY(stage.view.bars()[0]->sentence().contains("largest share 6.3 %"));
    }
    void keysGoThroughTheSteps()
    {
        Stage stage("trained-one");
        QVERIFY(stage.hasRecord());
        const auto after = [&](Qt::Key key) {
            QTest::keyClick(&stage.view, key);
            return stage.player().step();
        };
        QCOMPARE(after(Qt::Key_Home), 0);
        QCOMPARE(after(Qt::Key_Left), 0);
        QCOMPARE(after(Qt::Key_Right), 1);
        QCOMPARE(after(Qt::Key_PageUp), 5);
        QCOMPARE(after(Qt::Key_PageDown), 1);
        QCOMPARE(after(Qt::Key_End), 40);
        QTest::keyClick(stage.view.plots()[0], Qt::Key_Left); // from wherever the focus is
        QCOMPARE(stage.player().step(), 39);
        auto* slider = stage.view.findChild<QSlider*>();
        QCOMPARE(slider->value(), 39);
        slider->setValue(7);
        QCOMPARE(stage.player().step(), 7);
        stage.player().findChildren<QToolButton*>().first()->click();
        QCOMPARE(stage.player().step(), 0);
    }
    void aDragOverThePlotTakesTheStepAlong()
    {
        Stage stage("trained-one", {600, 500});
        QVERIFY(stage.hasRecord());
        CurvePlot* plot = stage.view.plots()[0];
        QCoreApplication::processEvents();
        const int y = plot->height() / 2;
        QTest::mousePress(plot, Qt::LeftButton, {}, {plot->width() / 2, y});
        const int middle = stage.player().step();
        QVERIFY2(middle > 10 && middle < 30, qPrintable(QString::number(middle)));
        const auto dragTo = [&](int x) {
            QMouseEvent move(QEvent::MouseMove, QPoint(x, y), plot->mapToGlobal(QPoint(x, y)), Qt::NoButton,
                             Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(plot, &move);
            return stage.player().step();
        };
        QVERIFY(dragTo(plot->width() / 2 + 80) > middle);
        QCOMPARE(dragTo(-50), 0);
        QCOMPARE(dragTo(plot->width() + 50), 40);
    }
    void playingGlidesInSixSeconds()
    {
        Stage stage("trained-whole");
        QVERIFY(stage.hasRecord());
        Motion motion(200);
        stage.player().setStyle(&motion);
        stage.player().play(true); // it stands at the end: from the beginning
        QVERIFY(stage.player().isPlaying());
        QCOMPARE(stage.player().findChild<QVariantAnimation*>()->duration(), 6000);
        QVERIFY(stage.player().position() < 20);
        QTest::keyClick(&stage.view, Qt::Key_Space);
        QVERIFY(!stage.player().isPlaying());
        stage.view.setStep(38);
        QSignalSpy moved(&stage.player(), &StepPlayer::moved);
        stage.player().play(true);
        QTRY_VERIFY(!stage.player().isPlaying());
        QCOMPARE(stage.player().position(), 40.0);
        const bool between = std::ranges::any_of(
            moved, [](const auto& one) { return one[0].toDouble() != std::floor(one[0].toDouble()); });
        QVERIFY(between);
        stage.player().play(true);
        stage.view.setStep(3); // a hand on the slider stops it
        QVERIFY(!stage.player().isPlaying());
        stage.player().play(true);
        stage.view.hide();
        QVERIFY(!stage.player().isPlaying());
        stage.player().setStyle(nullptr);
    }
    void withReducedMotionItStepsTwiceASecond()
    {
        Stage stage("trained-one");
        QVERIFY(stage.hasRecord());
        Motion calm(0);
        stage.player().setStyle(&calm);
        stage.view.setStep(38);
        QSignalSpy moved(&stage.player(), &StepPlayer::moved);
        stage.player().play(true);
        QVERIFY(stage.player().isPlaying());
        QTRY_VERIFY(!stage.player().isPlaying());
        QCOMPARE(stage.player().step(), 40);
        QCOMPARE(moved.size(), 2);
        QCOMPARE(moved[0][0].toDouble(), 39.0);
        stage.player().setStyle(nullptr);
    }
    void aStepLaysNothingOutAgain()
    {
        Stage stage("trained-whole", {800, 900});
        QVERIFY(stage.hasRecord());
        QVERIFY(QTest::qWaitForWindowExposed(&stage.view));
        stage.view.setStep(0);
        QCoreApplication::processEvents();
        LayoutCounter counter;
        stage.view.installEventFilter(&counter);
        for (QWidget* part : stage.view.findChildren<QWidget*>()) part->installEventFilter(&counter);
        for (int step = 1; step <= 40; ++step) {
            stage.view.setStep(step);
            QCoreApplication::processEvents();
        }
        QCOMPARE(counter.count, 0);
    }
    void mapsFollowTheStepAndTheColours()
    {
        Stage stage("trained-whole");
        QVERIFY(stage.hasRecord());
        PictureRow& row = *stage.view.pictures();
        QCOMPARE(row.nameOf(1), QStringLiteral("attention over the picture"));
        QCOMPARE(row.pictureRect(1).width(), row.pictureRect(1).height()); // of the picture below it
        QCOMPARE(row.pictureRect(2).width(), 2 * row.pictureRect(2).height());
        const auto seen = [&](int picture) {
            return row.grab(row.pictureRect(picture).adjusted(2, 2, -2, -2).toRect()).toImage();
        };
        const QImage late = seen(1), photo = seen(0);
        stage.view.setStep(0);
        QVERIFY(seen(1) != late);
        QCOMPARE(seen(0), photo); // one frame for all steps
        const QImage viridis = seen(1);
        stage.display.change([](headlens::Display& d) { d.colormap = QStringLiteral("cividis"); });
        QVERIFY(seen(1) != viridis);
        QCOMPARE(seen(0), photo);
        QTest::keyClick(&row, Qt::Key_Right);
        QCOMPARE(row.accessibleDescription(), QStringLiteral("the picture"));
        QTest::keyClick(&row, Qt::Key_Right);
        QCOMPARE(row.accessibleDescription(), QStringLiteral("attention over the picture"));
        QCOMPARE(stage.player().step(), 0); // the arrow was for the row
    }
    void barsCanBeReadByKeys()
    {
        Stage stage("trained-whole");
        QVERIFY(stage.hasRecord());
        ShareBars& bars = *stage.view.bars()[1];
        const QImage plain = bars.grab().toImage();
        QTest::keyClick(&bars, Qt::Key_Right);
        QCOMPARE(bars.chosen(), 0);
        QVERIFY2(bars.accessibleDescription().startsWith("bar 1 of 64: "), qPrintable(bars.accessibleDescription()));
        QVERIFY(bars.grab().toImage() != plain);
        QTest::keyClick(&bars, Qt::Key_Escape);
        QCOMPARE(bars.chosen(), -1);
        QTest::mouseClick(&bars, Qt::LeftButton, {}, {bars.width() - 8, bars.height() - 40});
        QCOMPARE(bars.chosen(), 63);
    }
    void aModelWithoutARecordSaysSo()
    {
        Stage stage("plain");
        QVERIFY(stage.view.record().isEmpty());
        QVERIFY(stage.view.title().startsWith("This model brings no record of its training."));
        QVERIFY(!stage.player().isVisibleTo(&stage.view));
        QCOMPARE(stage.view.accessibleDescription(), stage.view.title());
        photograph(stage.view, "training-none");
        QTest::keyClick(&stage.view, Qt::Key_Right); // nothing to go through
        QVERIFY(stage.open("trained-one"));
        QVERIFY(stage.hasRecord());
        QVERIFY(stage.open("plain")); // and takes the record of the other one away
        QTRY_VERIFY(stage.view.record().isEmpty());
        QVERIFY(stage.view.plots().empty());
    }
    void aRecordThatCannotBeReadSaysSo()
    {
        Stage stage("trained-broken");
        QTRY_VERIFY2(stage.view.title().contains("could not be read"), qPrintable(stage.view.title()));
        QVERIFY(stage.view.record().isEmpty());
    }
    void aHiddenViewAsksOnlyWhenItIsShown()
    {
        FakeStage stage;
        DisplaySettings display;
        TrainingView view(&stage.model, &display);
        QVERIFY(stage.open("trained-one"));
        QVERIFY(view.record().isEmpty());
        view.show();
        QTRY_VERIFY(!view.record().isEmpty());
    }

    void itFitsNarrowAndWide_data()
    {
        QTest::addColumn<QByteArray>("model");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("columns");
        for (const char* kind : {"whole", "curves", "one", "doubling", "short"}) {
            QTest::addRow("%s, narrow", kind) << QByteArray("trained-") + kind << QSize(420, 760) << 1;
            QTest::addRow("%s, wide", kind)
                << QByteArray("trained-") + kind << QSize(1100, 760) << (qstrcmp(kind, "whole") == 0 ? 3 : 1);
        }
    }
    void itFitsNarrowAndWide()
    {
        QFETCH(QByteArray, model);
        QFETCH(QSize, size);
        Stage stage(model.constData(), size);
        QVERIFY(stage.hasRecord());
        QVERIFY(QTest::qWaitForWindowExposed(&stage.view));
        stage.view.setStep(stage.view.record().last() * 3 / 4);
        QCoreApplication::processEvents();
        QTEST(stage.view.findChild<ColumnsBox*>()->columns(), "columns");
        QCOMPARE(stage.view.width(), size.width());
        auto* scroll = stage.view.findChild<QScrollArea*>();
        QVERIFY2(scroll->widget()->minimumSizeHint().width() <= 420,
                 qPrintable(QString::number(scroll->widget()->minimumSizeHint().width())));
        QVERIFY(scroll->widget()->width() <= scroll->viewport()->width()); // nothing is cut at the side
        for (QWidget* part : stage.view.findChildren<QWidget*>()) {
            if (part->focusPolicy() == Qt::NoFocus || !part->isVisibleTo(&stage.view)) continue;
            if (part->objectName().startsWith("qt_") || qobject_cast<QLabel*>(part) != nullptr) continue;
            const auto* button = qobject_cast<QAbstractButton*>(part);
            QVERIFY2(!part->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()),
                     part->metaObject()->className());
        }
        const QString name = QString::fromLatin1(QTest::currentDataTag()).replace(", ", "-");
        photograph(stage.view, "training-" + name);
        stage.view.resize(400, 760); // what stood side by side finds its way below again
        QTRY_COMPARE(stage.view.findChild<ColumnsBox*>()->columns(), 1);
        QVERIFY(scroll->widget()->width() <= scroll->viewport()->width());
        if (scroll->widget()->height() > scroll->viewport()->height())
            photograph(*scroll->widget(), "training-" + name + "-all");
    }
    void theGatesOfFlamingoAreDrawn()
    {
        QFile file(HEADLENS_SOURCE "/resources/models/flamingo/history.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto record = std::make_shared<TrainingRecord>(
            recordOf(parseJsonObject(file.readAll().toStdString(), "history.json").get<verbs::History>()));
        QCOMPARE(record->panels.size(), std::size_t(2));
        CurvePlot plot(record, 0);
        plot.resize(420, 320);
        plot.setPosition(4);
        QCOMPARE(plot.values().value(2), QStringLiteral("0.3634"));
        photograph(plot, "training-flamingo");
        // Told apart without colours: neighbours differ in their dashes.
        for (int i = 0; i < 5; ++i) QVERIFY(CurvePlot::penOf(i).style() != CurvePlot::penOf(i + 1).style());
    }
    void itStandsInEveryLanguageAndPalette()
    {
        Stage stage("trained-whole");
        QVERIFY(stage.hasRecord());
        for (QWidget* view : {static_cast<QWidget*>(&stage.view), static_cast<QWidget*>(stage.view.plots()[0]),
                              static_cast<QWidget*>(stage.view.bars()[0]), static_cast<QWidget*>(stage.view.pictures()),
                              static_cast<QWidget*>(&stage.player())}) {
            QEvent language(QEvent::LanguageChange), palette(QEvent::PaletteChange), font(QEvent::FontChange);
            for (QEvent* event : {&language, &palette, &font}) QCoreApplication::sendEvent(view, event);
            QVERIFY(!view->grab().isNull());
            QVERIFY(view == &stage.player() || !view->accessibleName().isEmpty());
        }
    }
};

QTEST_MAIN(TestTrainingView)
#include "tst_training_view.moc"
