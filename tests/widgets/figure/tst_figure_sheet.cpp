// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as they are laid out: what stands where, on which scale, and what their texts say.
#include "tests/widgets/figure/made_up_figure.h"
#include "widgets/figure/figure_paint.h"
#include "widgets/figure/figure_words.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace headlens;
using namespace headlens::test;
using Part = FigureText::Part;

namespace {

QStringList textsOf(const FigureLayout& layout, Part part)
{
    QStringList texts;
    for (const FigureText& text : layout.texts)
        if (text.part == part) texts << text.text;
    return texts;
}

} // namespace

class TestFigureSheet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSheetIsAsWideAsItsPreset_data()
    {
        QTest::addColumn<FigurePreset>("preset");
        QTest::addColumn<double>("inches");
        QTest::newRow("one column") << FigurePreset::OneColumn << 3.25;
        QTest::newRow("two columns") << FigurePreset::TwoColumns << 6.75;
        QTest::newRow("slide") << FigurePreset::Slide << 13.333;
        QTest::newRow("own") << FigurePreset::Custom << 5.0;
    }
    void aSheetIsAsWideAsItsPreset()
    {
        QFETCH(FigurePreset, preset);
        QFETCH(double, inches);
        const FigureData data = madeUpHeadGrid();
        const FigureLayout layout = layOut(specOf(data, preset), data, 72);
        QCOMPARE(layout.size.width(), inches * 72);
        const QRectF sheet(QPointF(), layout.size);
        for (const FigurePlace& place : layout.places) QVERIFY(sheet.contains(place.area));
        for (const FigureText& text : layout.texts)
            QVERIFY2(sheet.adjusted(-1, -1, 1, 1).contains(text.rect), qPrintable(text.text));
        for (const FigureBar& bar : layout.bars) QVERIFY(sheet.contains(bar.rect));
        if (preset == FigurePreset::Slide) QCOMPARE(layout.size.height(), layout.size.width() * 9 / 16);
    }
    void panelsNeverOverlap()
    {
        const FigureData data = madeUpHeadGrid(4, 12);
        const FigureLayout layout = layOut(specOf(data, FigurePreset::OneColumn), data, 72);
        QCOMPARE(layout.places.size(), std::size_t(48));
        for (std::size_t i = 0; i < layout.places.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) QVERIFY(!layout.places[i].area.intersects(layout.places[j].area));
    }
    void rowsAndColumnsHaveTheirNumbersAndOneTitle()
    {
        const FigureData data = madeUpHeadGrid(3, 6);
        const FigureLayout layout = layOut(specOf(data, FigurePreset::TwoColumns), data, 72);
        QCOMPARE(textsOf(layout, Part::Name),
                 (QStringList{"0", "1", "2", "layer 0", "layer 1", "layer 2", "layer 3", "layer 4", "layer 5"}));
        QCOMPARE(textsOf(layout, Part::Heading), (QStringList{"head"}));
    }
    void columnsTooNarrowForTheirNamesHaveNumbersAndTheWordOnceAtTheLeft()
    {
        const FigureData data = madeUpHeadGrid(3, 12);
        const FigureLayout layout = layOut(specOf(data, FigurePreset::OneColumn), data, 72);
        QCOMPARE(textsOf(layout, Part::Name).mid(3, 2), (QStringList{"0", "1"}));
        const auto word = std::ranges::find(layout.texts, QStringLiteral("layer"), &FigureText::text);
        const auto first = std::ranges::find_if(layout.texts, [](const FigureText& text) {
            return text.text == QLatin1String("0") && !text.turned && text.rect.top() < 10;
        });
        QVERIFY(word != layout.texts.end() && first != layout.texts.end());
        QCOMPARE(word->rect.top(), first->rect.top());
        QVERIFY(word->rect.right() <= layout.places.front().area.left());
    }
    void thePictureAloneComesFirstAndHasNoScale()
    {
        const FigureData data = madeUpPictureAndHeads(3);
        QCOMPARE(data.maps(), 3);
        const FigureLayout layout = layOut(specOf(data, FigurePreset::TwoColumns,
                                                  [](FigureSpec& s) {
                                                      s.look.scale = FigureScale::Column;
                                                      s.look.photograph = false;
                                                  }),
                                           data, 72);
        QCOMPARE(textsOf(layout, Part::Name), (QStringList{"picture", "head 0", "head 1", "head 2"}));
        QCOMPARE(layout.bars.size(), std::size_t(3));
        QVERIFY(!layout.places[0].picture.isNull()); // even where maps stand alone
        QVERIFY(layout.places[1].picture.isNull());
        const FigureData many = madeUpPictureAndHeads(12);
        const FigureLayout broken = layOut(specOf(many, FigurePreset::TwoColumns), many, 72);
        QCOMPARE(broken.grid.rows, 2);
        QCOMPARE(textsOf(broken, Part::Name).mid(0, 2), (QStringList{"picture", "head 0"}));
    }
    void numbersThatWouldStandTooCloseAreLeftOut()
    {
        const FigureData data = madeUpHeadGrid(2, 48);
        const FigureSpec spec = specOf(data, FigurePreset::OneColumn);
        const FigureLayout layout = layOut(spec, data, 72);
        const QStringList names = textsOf(layout, Part::Name);
        QVERIFY(names.size() < 30);
        QVERIFY(names.contains("0") && names.size() > 8);
    }
    void oneRowOfManyPanelsIsBrokenAndEveryPanelNamed()
    {
        FigureLines layers{FigureAxis::Layers, {}, {}};
        for (int i = 0; i < 12; ++i) layers.numbers << i;
        const FigureData data = madeUpFigure({}, layers, 1, 12);
        const FigureLayout layout = layOut(specOf(data, FigurePreset::TwoColumns), data, 72);
        QVERIFY(layout.grid.broken);
        QCOMPARE(layout.grid.rows, 2);
        QCOMPARE(layout.grid.columns, 6);
        QCOMPARE(textsOf(layout, Part::Name).last(), QStringLiteral("layer 11"));
    }
    void lettersCountOnAfterZ()
    {
        QCOMPARE(figureLetter(0), QStringLiteral("a"));
        QCOMPARE(figureLetter(25), QStringLiteral("z"));
        QCOMPARE(figureLetter(26), QStringLiteral("aa"));
        const FigureData data = madeUpHeadGrid(1, 3);
        const FigureLayout layout =
            layOut(specOf(data, FigurePreset::OneColumn, [](FigureSpec& s) { s.sheet.letters = true; }), data, 72);
        QCOMPARE(textsOf(layout, Part::Letter), (QStringList{"a", "b", "c"}));
    }
    void aScaleIsThatOfItsGroup_data()
    {
        QTest::addColumn<FigureScale>("scale");
        QTest::addColumn<int>("groups");
        QTest::addColumn<int>("bars");
        QTest::newRow("panel") << FigureScale::Panel << 2 << 1; // the hills of one row are alike
        QTest::newRow("row") << FigureScale::Row << 2 << 2;
        QTest::newRow("column") << FigureScale::Column << 1 << 3;
        QTest::newRow("figure") << FigureScale::Figure << 1 << 1;
    }
    void aScaleIsThatOfItsGroup()
    {
        QFETCH(FigureScale, scale);
        QFETCH(int, groups);
        QFETCH(int, bars);
        FigureData data = madeUpHeadGrid(2, 3);
        for (std::size_t i = 0; i < data.panels.size(); ++i)
            data.panels[i].values.assign(data.panels[i].values.size(), i < 3 ? 0.25F : 0.5F);
        FigureLook look;
        look.scale = scale;
        QSet<float> highs;
        for (const ValueScale& one : scalesOf(look, data)) highs << one.high;
        QCOMPARE(highs.size(), groups);
        const FigureLayout layout =
            layOut(specOf(data, FigurePreset::TwoColumns, [&](FigureSpec& s) { s.look.scale = scale; }), data, 72);
        QCOMPARE(layout.bars.size(), std::size_t(bars));
        const bool hasNumber = textsOf(layout, Part::Tick).contains("0.500");
        QCOMPARE(hasNumber, scale != FigureScale::Panel); // whose bar says "max"
    }
    void numbersOnBothSidesOfZeroHaveAScaleOfBoth()
    {
        FigureData data = madeUpMethods();
        const std::vector<ValueScale> scales = scalesOf({}, data);
        QVERIFY(scales[2].isDifference());
        QVERIFY(!scales[0].isDifference());
    }
    void numbersOfABarHaveThreeDigits_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << "0";
        QTest::newRow("a weight") << 0.01707 << "0.0171";
        QTest::newRow("half") << 0.5 << "0.500";
        QTest::newRow("below 0") << -2.5 << "-2.50";
        QTest::newRow("dozen") << 12.34 << "12.3";
        QTest::newRow("many") << 4567.8 << "4568";
        QTest::newRow("hardly anything") << 0.0000123 << "1.23e-05";
    }
    void numbersOfABarHaveThreeDigits()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(figureNumber(value), text);
    }
    void aBarSaysWhatItsNumbersAre()
    {
        FigureData data = madeUpHeadGrid(1, 3);
        const auto labels = [&](FigureScale scale) {
            return textsOf(
                layOut(specOf(data, FigurePreset::OneColumn, [&](FigureSpec& s) { s.look.scale = scale; }), data, 72),
                Part::BarLabel);
        };
        for (const FigureName<FigureScale>& one : figureNames(FigureScale::Panel))
            QCOMPARE(labels(one.value), (QStringList{"attention weight"}));
        data.content.subject.map = QStringLiteral("rollout");
        data.map = QStringLiteral("attention roll-out");
        QCOMPARE(figureBarLabel(data), QStringLiteral("attention roll-out"));
        QCOMPARE(figureBarLabel(madeUpMethods()), QStringLiteral("value of the map"));
    }
    void aFigureWithoutNumbersHasNoBar()
    {
        FigureData data = madeUpFigure({}, {}, 1, 1);
        data.panels[0].values.clear();
        data.panels[0].why = QStringLiteral("no token nose");
        QVERIFY(layOut(specOf(data, FigurePreset::OneColumn), data, 72).bars.empty());
    }
    void aCaptionSaysWhatIsShownAndOneByHandWins()
    {
        const FigureData data = madeUpHeadGrid(3, 6);
        FigureSpec spec = specOf(data);
        const QString made = figureCaption(spec, data);
        for (const char* part : {"emoji-vit", "scene.png", "layers 0-5", "heads 0-2", "CLS", "inferno", "HeadLens"})
            QVERIFY2(made.contains(QLatin1String(part)), qPrintable(made));
        spec.sheet.caption = QStringLiteral("By hand.");
        QCOMPARE(figureCaption(spec, data), QStringLiteral("By hand."));
    }
};

QTEST_MAIN(TestFigureSheet)
#include "tst_figure_sheet.moc"
