// SPDX-License-Identifier: GPL-3.0-or-later
// The composer over a real engine: what the window shows becomes a figure, and what it does not show is collected by an
// engine of its own.
#include "tests/support/engine_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/figure/figure_collector.h"
#include "widgets/figure/figure_composer.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_form.h"
#include "widgets/figure/figure_lines_editor.h"
#include "widgets/viewmodel/live_rows.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace headlens;
using namespace headlens::test;

class TestFigureComposer : public QObject {
    Q_OBJECT
    EngineStage m_stage;
    DisplaySettings m_display;
    QTemporaryDir m_folder;
    const QStringList m_engine{QStringLiteral(HEADLENS_CLI), QStringLiteral("serve")};
    const QString m_pictures = QStringLiteral(HEADLENS_SOURCE "/resources/images/");

    FigureWindow window() { return {&m_stage.model, &m_stage.selection, &m_display, {m_pictures + "astronaut.jpg"}}; }
    FigureData collected(FigureCollector& collector, const FigureContent& content)
    {
        QSignalSpy found(&collector, &FigureCollector::finished), failed(&collector, &FigureCollector::failed);
        collector.start(content);
        const bool ended = QTest::qWaitFor([&] { return !found.isEmpty() || !failed.isEmpty(); }, 60'000);
        if (!ended || !failed.isEmpty()) qWarning() << failed;
        return found.isEmpty() ? FigureData() : found.first().first().value<FigureData>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_pictures + "chelsea.jpg");
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_stage.model.loader()->open("emoji-vit");
        m_stage.model.wishes()->openPicture(file.readAll(), file.fileName());
        QVERIFY(m_stage.settles());
    }
    void theHeadGridHasThePanelsThatTheWindowHas()
    {
        FigureCollector collector(m_engine, &m_stage.model);
        const FigureSpec spec = startingFrom(FigureStart::HeadGrid, shownFigure(window()), window());
        const FigureData data = collected(collector, spec.content);
        const AllRows& rows = m_stage.model.rows()->layers();
        QCOMPARE(data.columns, int(rows.size()));
        QCOMPARE(data.rows, int(rows[0].rows()));
        QVERIFY(!collector.hasOwnEngine()); // that of the window was asked
        const TokenLayout& layout = m_stage.model.run().layoutOf(1, false);
        const auto row = rows[1].part(0).subspan(std::size_t(layout.prefix.size()));
        QVERIFY(std::ranges::equal(data.at(0, 1).values, row));
        QVERIFY(data.at(0, 0).picture.width() > m_stage.model.run().seen.width()); // the photograph itself
    }
    void anEngineOfItsOwnAnswersTheSame()
    {
        FigureSpec spec = startingFrom(FigureStart::HeadGrid, shownFigure(window()), window());
        FigureCollector shown(m_engine, &m_stage.model), own(m_engine, nullptr);
        const FigureData one = collected(shown, spec.content), other = collected(own, spec.content);
        QVERIFY(own.hasOwnEngine());
        QCOMPARE(other.panels.size(), one.panels.size());
        QVERIFY(!one.panels.empty());
        for (std::size_t i = 0; i < one.panels.size(); ++i) QCOMPARE(other.panels[i].values, one.panels[i].values);
        QCOMPARE(other.models, one.models);
        QCOMPARE(other.inputs, one.inputs);
        QCOMPARE(one.models.front().sha256.size(), 64);
    }
    void thePictureThenTheMapThenTheHeadsOfTheLayer()
    {
        FigureSpec spec = startingFrom(FigureStart::PictureMapHeads, shownFigure(window()), window());
        const int heads = m_stage.selection.heads()->headCount();
        spec.content.subject.fusion = HeadFusion::Mean;
        FigureCollector collector(m_engine, &m_stage.model);
        const FigureData data = collected(collector, spec.content);
        QCOMPARE(data.columns, 2 + heads);
        QCOMPARE(data.columnNames.mid(0, 3), (QStringList{"picture", "mean", "0"}));
        QVERIFY(data.at(0, 0).isPlain() && !data.at(0, 0).picture.isNull());
        double first = 0;
        for (int head = 0; head < heads; ++head) first += double(data.at(0, 2 + head).values[0]) / heads;
        QVERIFY(std::abs(first - double(data.at(0, 1).values[0])) < 1e-6);
    }
    void ofATextThereIsNoPictureFirst()
    {
        FigureContent content;
        content.model = QStringLiteral("number-words");
        content.inputs << FigureInput{{}, QStringLiteral("nine hundred and four"), {}, {}, {}, {}};
        content.pictureFirst = true;
        FigureCollector collector(m_engine, nullptr);
        QCOMPARE(collected(collector, content).columns, 1);
    }
    void thisMapHasTheHeadsThatLieOverEachOtherAndTheStrongestPart()
    {
        HeadChoice& choice = *m_stage.selection.heads();
        const HeadFusion before = choice.fusion();
        choice.setFusion(HeadFusion::Single);
        choice.overlayHeads({0, 1});
        m_display.change([](headlens::Display& d) { d.maskByMass = true; });
        const FigureSpec spec = startingFrom(FigureStart::ThisMap, shownFigure(window()), window());
        QCOMPARE(spec.content.columns, (FigureLines{FigureAxis::Heads, {0, 1}, {}}));
        QCOMPARE(spec.look.keepMass, 0.6);
        QCOMPARE(headsLeftOut(FigureStart::ThisMap, window()), 0);
        choice.toggleHead(choice.layer() == 0 ? 1 : 0, 0);
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::ThisMap);
        QVERIFY2(composer.message().contains("other layers"), qPrintable(composer.message()));
        m_display.change([](headlens::Display& d) { d.maskByMass = false; });
        choice.setHead(0);
        choice.setFusion(before);
    }
    void severalPicturesAndModelsComeFromAnotherEngineAndTheWindowStaysAsItIs()
    {
        FigureSpec spec = startingFrom(FigureStart::Pictures, shownFigure(window()), window());
        spec.content.rows = {FigureAxis::Models, {}, {"emoji-vit", "emoji-swin"}};
        spec.content.subject.query = QStringLiteral("auto"); // a Swin has no class token
        spec.content.subject.layer = -1;
        const QString before = QString::fromStdString(m_stage.model.input().name);
        QSignalSpy disturbed(&m_stage.model, &InspectionModel::inputChanged);
        FigureCollector collector(m_engine, &m_stage.model);
        QSignalSpy progress(&collector, &FigureCollector::progress);
        const FigureData data = collected(collector, spec.content);
        QCOMPARE(data.panels.size(), std::size_t(4));
        QCOMPARE(data.models.size(), std::size_t(2));
        QCOMPARE(data.columnNames, (QStringList{"chelsea.jpg", "astronaut.jpg"}));
        for (const FigurePanel& panel : data.panels) QVERIFY2(!panel.values.empty(), qPrintable(panel.why));
        QVERIFY(data.at(0, 0).picture != data.at(0, 1).picture);
        QCOMPARE(progress.last(), (QList<QVariant>{4, 4}));
        QCOMPARE(disturbed.count(), 0);
        QCOMPARE(QString::fromStdString(m_stage.model.input().name), before);
    }
    void methodsThatTheModelDoesNotAllowSayWhyInTheirPanel()
    {
        FigureSpec spec = shownFigure(window());
        spec.content.columns = {FigureAxis::Methods, {}, {"row", "rollout", "no-such-method"}};
        FigureCollector collector(m_engine, &m_stage.model);
        const FigureData data = collected(collector, spec.content);
        QVERIFY(!data.at(0, 0).values.empty());
        QVERIFY(!data.at(0, 1).values.empty());
        QVERIFY(data.at(0, 2).values.empty());
        QVERIFY2(data.at(0, 2).why.contains("no-such-method"), qPrintable(data.at(0, 2).why));
    }
    void queriesAreFoundByTheirName()
    {
        FigureSpec spec = shownFigure(window());
        spec.content.columns = {FigureAxis::Queries, {}, {"cls", "1,2", "99999"}};
        FigureCollector collector(m_engine, &m_stage.model);
        const FigureData data = collected(collector, spec.content);
        QCOMPARE(data.at(0, 0).query, -1); // no patch
        QCOMPARE(data.at(0, 1).query, data.at(0, 1).gridWidth + 2);
        QVERIFY(!data.at(0, 2).why.isEmpty());
    }
    void whatIsWrongIsSaidAndStopsNothingElse_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("picture");
        QTest::newRow("model") << "/no/such/model" << m_pictures + "chelsea.jpg";
        QTest::newRow("picture") << "emoji-vit"
                                 << "/no/such/picture.png";
        QTest::newRow("device") << "emoji-vit"
                                << "/dev/zero";
    }
    void whatIsWrongIsSaidAndStopsNothingElse()
    {
        QFETCH(QString, model);
        QFETCH(QString, picture);
        FigureContent content;
        content.model = model;
        content.inputs << FigureInput{picture, {}, {}, {}, {}, {}};
        FigureCollector collector(m_engine, nullptr);
        QSignalSpy failed(&collector, &FigureCollector::failed);
        collector.start(content);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 30'000);
        QVERIFY(!collector.isBusy());
        content.model = QStringLiteral("emoji-vit");
        content.inputs[0].picture = m_pictures + "chelsea.jpg";
        QCOMPARE(collected(collector, content).panels.size(), std::size_t(1));
    }
    void whatIsStoppedIsNotHeardOfAgain()
    {
        FigureSpec spec = startingFrom(FigureStart::Pictures, shownFigure(window()), window());
        FigureCollector collector(m_engine, nullptr);
        QSignalSpy found(&collector, &FigureCollector::finished), failed(&collector, &FigureCollector::failed);
        collector.start(spec.content);
        QVERIFY(collector.isBusy());
        collector.cancel();
        QVERIFY(!collector.isBusy());
        const FigureData data = collected(collector, shownFigure(window()).content); // the engine goes on
        QCOMPARE(data.panels.size(), std::size_t(1));
        QCOMPARE(found.count(), 1); // that one
        QCOMPARE(failed.count(), 0);
    }
    void aTextIsAFigureOfItsWords()
    {
        FigureContent content;
        content.model = QStringLiteral("number-words");
        content.inputs << FigureInput{{}, QStringLiteral("nine hundred and four"), {}, {}, {}, {}};
        FigureCollector collector(m_engine, nullptr);
        const FigureData data = collected(collector, content);
        QCOMPARE(data.panels.size(), std::size_t(1));
        QVERIFY(data.at(0, 0).isText());
        QCOMPARE(data.at(0, 0).words.size(), qsizetype(data.at(0, 0).values.size()));
    }
    void everyStartMakesAFigure_data()
    {
        QTest::addColumn<FigureStart>("start");
        for (const FigureName<FigureStart>& one : figureNames(FigureStart::ThisMap)) QTest::newRow(one.id) << one.value;
    }
    void everyStartMakesAFigure()
    {
        QFETCH(FigureStart, start);
        FigureComposer composer({window(), m_engine});
        composer.show();
        composer.start(start);
        QTRY_VERIFY2_WITH_TIMEOUT(composer.isReady(), qPrintable(composer.message()), 120'000);
        const FigureData& data = composer.numbers();
        QVERIFY(std::ranges::any_of(data.panels, [](const FigurePanel& panel) { return !panel.values.empty(); }));
        photograph(composer, QStringLiteral("composer-%1").arg(QTest::currentDataTag()));
        for (const QString& ending : figureEndings()) {
            const QString path = m_folder.filePath(QStringLiteral("%1.%2").arg(QTest::currentDataTag(), ending));
            composer.write(path);
            QVERIFY2(QFileInfo(path).size() > 1000, qPrintable(composer.message()));
            QVERIFY(figureSpecOfFile(path).content.rows == composer.spec().content.rows);
        }
    }
    void whatIsAskedForEarlyIsWrittenWhenThePanelsAreThere()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::HeadGrid);
        const QString path = m_folder.filePath("early.pdf");
        QSignalSpy written(&composer, &FigureComposer::written);
        composer.write(path);
        QVERIFY(!QFileInfo::exists(path));
        QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, 30'000);
        QVERIFY(QFileInfo(path).size() > 1000);
    }
    void whatOnlyLooksOtherwiseAsksTheEngineNothing()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::ThisMap);
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady(), 30'000);
        QSignalSpy busy(composer.findChild<FigureCollector*>(), &FigureCollector::busyChanged);
        FigureSpec spec = composer.spec();
        spec.look.palette = QStringLiteral("magma");
        spec.sheet.letters = true;
        composer.set(spec);
        QVERIFY(composer.isReady());
        QCOMPARE(busy.count(), 0);
        spec.content.subject.layer = 1 - spec.content.subject.layer % 2;
        composer.set(spec);
        QCOMPARE(busy.count(), 1);
    }
    void rowsAndColumnsArePickedByHand()
    {
        FigureComposer composer({window(), m_engine});
        composer.show();
        composer.start(FigureStart::ThisMap);
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady(), 30'000);
        auto* rows = composer.findChildren<FigureLinesEditor*>().first();
        auto* what = rows->findChild<QComboBox*>();
        what->setCurrentIndex(what->findData(int(FigureAxis::Layers)));
        auto* numbers = rows->findChild<QLineEdit*>();
        QVERIFY(numbers->isVisible());
        numbers->setText("0-1");
        QTest::keyClick(numbers, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady() && composer.numbers().rows == 2, 30'000);
        QCOMPARE(composer.spec().content.rows.numbers, (QList<int>{0, 1}));
    }
    void whatIsTypedIsHeardAfterAPause()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::AllLayers);
        composer.show();
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady(), 30'000);
        auto* numbers = composer.findChildren<FigureLinesEditor*>().last()->findChild<QLineEdit*>();
        numbers->setFocus();
        numbers->selectAll();
        QTest::keyClicks(numbers, "0-1");
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady() && composer.numbers().columns == 2, 30'000);
    }
    void whatIsWrongIsMarkedSaidAndNotExported_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("said");
        QTest::newRow("no numbers") << "Columns: which"
                                    << "abc"
                                    << "abc";
        QTest::newRow("layers beyond the last") << "Columns: which"
                                                << "7-99"
                                                << "layers 0 to 5";
        QTest::newRow("no such token") << "Query"
                                       << "nose"
                                       << "nose";
        QTest::newRow("no such map") << "Map"
                                     << "gradcan"
                                     << "gradcan";
    }
    void whatIsWrongIsMarkedSaidAndNotExported()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QString, said);
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::AllLayers);
        composer.show();
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady(), 30'000);
        QLineEdit* edit = nullptr;
        for (auto* one : composer.findChildren<QLineEdit*>())
            if (one->accessibleName() == field) edit = one;
        QVERIFY(edit != nullptr);
        const QString before = edit->text();
        const auto type = [edit](const QString& text) {
            edit->selectAll();
            QTest::keyClick(edit, Qt::Key_Delete);
            QTest::keyClicks(edit, text);
            QTest::keyClick(edit, Qt::Key_Return);
        };
        auto* exporting = composer.findChild<QPushButton*>(QStringLiteral("export"));
        QVERIFY(exporting->isEnabled());
        type(typed);
        QTRY_VERIFY_WITH_TIMEOUT(!exporting->isEnabled(), 30'000);
        QVERIFY2(composer.message().contains(said), qPrintable(composer.message()));
        auto* box = qobject_cast<QComboBox*>(edit->parentWidget());
        const QWidget* marked = box != nullptr ? static_cast<QWidget*>(box) : edit;
        QCOMPARE(marked->accessibleDescription(), composer.message());
        QCOMPARE(marked->toolTip(), composer.message());
        const QString path = m_folder.filePath("wrong.pdf");
        composer.write(path);
        QVERIFY(!QFileInfo::exists(path));
        type(before);
        QTRY_VERIFY_WITH_TIMEOUT(exporting->isEnabled() && composer.isReady(), 30'000);
        QVERIFY2(composer.message().isEmpty(), qPrintable(composer.message()));
        QVERIFY(marked->accessibleDescription().isEmpty());
    }
    void mapsAndQueriesAreOfferedByTheirNames()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::ThisMap);
        const auto boxOf = [&](const char* name) {
            for (auto* one : composer.findChildren<QComboBox*>())
                if (one->accessibleName() == QLatin1String(name)) return one;
            return static_cast<QComboBox*>(nullptr);
        };
        QComboBox* map = boxOf("Map");
        QVERIFY(map != nullptr);
        QCOMPARE(map->count(), int(m_stage.model.model().methods.size()) + 1);
        map->setCurrentIndex(map->findData("rollout"));
        Q_EMIT map->activated(map->currentIndex());
        QCOMPARE(composer.spec().content.subject.map, QStringLiteral("rollout"));
        QVERIFY(boxOf("Query")->findData("cls") >= 0);
    }
    void aStartKeepsTheSheetAndItsChipIsLitUntilSomethingElseIsShown()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::AllLayers);
        const auto lit = [&composer] {
            QStringList names;
            for (auto* button : composer.findChildren<QPushButton*>())
                if (button->isCheckable() && button->isChecked()) names << button->text();
            return names;
        };
        QCOMPARE(lit(), (QStringList{"All layers, mean of heads"}));
        FigureSpec spec = composer.spec();
        spec.sheet.letters = true;
        spec.sheet.caption = QStringLiteral("Of another figure.");
        spec.look.scale = FigureScale::Figure;
        composer.set(spec);
        composer.start(FigureStart::HeadGrid);
        QVERIFY(composer.spec().sheet.letters);
        QVERIFY(composer.spec().sheet.caption.isEmpty());
        QCOMPARE(composer.spec().look.scale, FigureScale::Figure);
        QCOMPARE(lit(), (QStringList{"Head grid"}));
        auto* numbers = composer.findChildren<FigureLinesEditor*>().first()->findChild<QLineEdit*>();
        numbers->setText("0");
        Q_EMIT numbers->editingFinished();
        QVERIFY(lit().isEmpty());
    }
    void aDescriptionIsOpenedAgainAndAMissingFolderIsNamed()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::PictureAndHeads);
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady(), 30'000);
        const FigureSpec spec = composer.spec();
        const QString path = m_folder.filePath("again.json");
        composer.saveDescription(path);
        composer.start(FigureStart::ThisMap);
        composer.openDescription(path);
        QVERIFY(composer.spec() == spec);
        composer.openDescription(m_pictures + "chelsea.jpg");
        QVERIFY2(composer.message().contains("no description"), qPrintable(composer.message()));
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady(), 30'000);
        composer.write("/no/such/folder/figure.pdf");
        QVERIFY2(composer.message().contains("no folder /no/such/folder"), qPrintable(composer.message()));
    }
    void theSheetGoesToTheClipboardAndTheDescriptionToAFile()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::ThisMap);
        QTRY_VERIFY_WITH_TIMEOUT(composer.isReady(), 30'000);
        composer.copy();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
        const QString path = m_folder.filePath("figure.json");
        composer.saveDescription(path);
        QVERIFY(figureSpecOfFile(path) == composer.spec());
        composer.write(m_folder.filePath("figure.bmp"));
        QVERIFY2(composer.message().contains("pdf"), qPrintable(composer.message()));
    }
    void everyPartHasANameAndFits()
    {
        FigureComposer composer({window(), m_engine});
        composer.start(FigureStart::ThisMap);
        composer.show();
        everyPartHasAName(composer);
        QVERIFY(composer.minimumSizeHint().width() <= 1000);
        QVERIFY(composer.minimumSizeHint().height() <= 640);
    }
};

QTEST_MAIN(TestFigureComposer)
#include "tst_figure_composer.moc"
