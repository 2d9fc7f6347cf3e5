// SPDX-License-Identifier: GPL-3.0-or-later
// A figure for a paper out of the real window: how many actions it takes, and the same from the command line.
#include "app/figure_action.h"
#include "app/language.h"
#include "tests/support/window_stage.h"
#include "widgets/figure/figure_file.h"

#include <QAction>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>

using namespace headlens;
using namespace headlens::test;

class TestFigureInWindow : public QObject, WindowStage {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        writeFiles();
        openWindow();
    }
    void cleanupTestCase() { closeWindow(); }

    // The measure: head grid of my picture as a PDF for a paper, at most three actions.
    void theHeadGridIsAPdfAfterThreeActions()
    {
        const QString path = this->path("grid.pdf");
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier); // 1
        FigureComposer* composer = m_window->figure()->composer();
        QVERIFY(composer != nullptr && composer->isVisible());
        QTimer::singleShot(0, this, [&path] {
            QTRY_VERIFY(qobject_cast<QFileDialog*>(QApplication::activeModalWidget()) != nullptr);
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            name->setText(path);
            QTest::keyClick(name, Qt::Key_Return); // 3
        });
        QTest::mouseClick(composer->findChild<QPushButton*>(QStringLiteral("export")), Qt::LeftButton); // 2
        QTRY_VERIFY2_WITH_TIMEOUT(QFileInfo::exists(path), qPrintable(composer->message()), 30'000);
        const FigureSpec spec = figureSpecOfFile(path);
        QCOMPARE(spec.content.rows.what, FigureAxis::Heads);
        QCOMPARE(spec.content.columns.what, FigureAxis::Layers);
        QCOMPARE(QFileInfo(spec.content.inputs.first().picture).fileName(), QStringLiteral("a.png"));
    }
    void theStartThatWasChosenLastIsTheNextOne()
    {
        m_window->figure()->open();
        FigureComposer* composer = m_window->figure()->composer();
        for (auto* button : composer->findChildren<QPushButton*>())
            if (button->text() == QLatin1String("All layers, mean of heads")) button->click();
        composer->close();
        QTRY_VERIFY(m_window->figure()->composer() == nullptr);
        m_window->figure()->action()->trigger();
        composer = m_window->figure()->composer();
        QCOMPARE(composer->spec().content.rows.what, FigureAxis::None);
        QCOMPARE(composer->spec().content.columns.what, FigureAxis::Layers);
        composer->close();
    }
    void theComposerFollowsTheLanguageAndKeepsItsFigure()
    {
        if (!QFile::exists(kChineseTexts)) QSKIP("built without the translation tools");
        m_window->figure()->open();
        m_window->figure()->composer()->start(FigureStart::AllLayers);
        const FigureSpec spec = m_window->figure()->composer()->spec();
        Language language;
        language.apply(QStringLiteral("zh_CN"));
        const QPointer<FigureComposer> before = m_window->figure()->composer();
        QTRY_VERIFY(before == nullptr);
        QVERIFY(m_window->figure()->composer()->windowTitle() != QLatin1String("Export figure"));
        QVERIFY(m_window->figure()->composer()->spec() == spec);
        language.apply(QStringLiteral("en"));
        QTRY_COMPARE(m_window->figure()->composer()->windowTitle(), QStringLiteral("Export figure"));
        m_window->figure()->composer()->close();
    }
    void aClosedFigureComesBackAsLongAsTheWindowShowsTheSame()
    {
        m_window->figure()->open();
        FigureComposer* composer = m_window->figure()->composer();
        composer->start(FigureStart::HeadGrid);
        FigureSpec spec = composer->spec();
        spec.content.rows.numbers = {0};
        spec.sheet.letters = true;
        spec.sheet.caption = QStringLiteral("Mine.");
        composer->set(spec);
        QTest::keyClick(composer, Qt::Key_Escape);
        QTRY_VERIFY(m_window->figure()->composer() == nullptr);
        m_window->figure()->open();
        QVERIFY(m_window->figure()->composer()->spec() == spec);
        m_window->figure()->composer()->close();
        QTRY_VERIFY(m_window->figure()->composer() == nullptr);
        HeadChoice& heads = *selection().heads();
        const int before = heads.layer();
        heads.setLayer(before == 0 ? 1 : 0);
        m_window->figure()->open();
        composer = m_window->figure()->composer();
        QVERIFY(composer->spec().content.rows.numbers.isEmpty()); // of what is shown now
        QVERIFY(composer->spec().sheet.letters);
        QVERIFY(composer->spec().sheet.caption.isEmpty());
        composer->close();
        heads.setLayer(before);
    }
    void withoutAnInputThereIsNoFigure()
    {
        QVERIFY(m_window->figure()->action()->isEnabled());
        EngineClient engine({QStringLiteral("/no/such/engine")});
        MainWindow empty(m_settings.get(), &engine);
        QVERIFY(!empty.figure()->action()->isEnabled());
    }
};

QTEST_MAIN(TestFigureInWindow)
#include "tst_figure_in_window.moc"
