// SPDX-License-Identifier: GPL-3.0-or-later
// The description of a figure: what is written is read again, and what is wrong is refused with one sentence.
#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "widgets/figure/figure_json.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;

namespace {

FigureSpec everythingSet()
{
    FigureSpec spec;
    FigureContent& content = spec.content;
    content.model = QStringLiteral("deit-tiny");
    content.inputs << FigureInput{QStringLiteral("a.jpg"), QStringLiteral("a cat"), QStringLiteral("b"),
                                  QStringLiteral("c"),     {QStringLiteral("dog")}, {1, 2}}
                   << FigureInput{QStringLiteral("b.jpg"), {}, {}, {}, {}, {}};
    content.run = {QStringLiteral("squash"), 0.5, 7, {{"positions", "off"}}, {{0, 1}, {2, 3}}, {"mlp 3 x0.5"}};
    content.subject = {4,  2,    HeadFusion::Max,           QStringLiteral("3,4"),
                       1,  true, QStringLiteral("rollout"), {{"rollout", {{"discard", "0.9"}}}},
                       281};
    content.rows = {FigureAxis::Layers, {0, 1, 2, 5}, {}};
    content.columns = {FigureAxis::Queries, {}, {QStringLiteral("cls"), QStringLiteral("3,4")}};
    content.asSeen = true;
    spec.look = {OverlayStyle::SideBySide, QStringLiteral("inferno"), 0.5, true, true, FigureScale::Row, false, false};
    spec.sheet = {FigurePreset::Custom,
                  4.5,
                  6,
                  FigureBackground::Dark,
                  QStringLiteral("DejaVu Sans"),
                  9,
                  true,
                  false,
                  false,
                  false,
                  QStringLiteral("By hand."),
                  600};
    return spec;
}

// A description with one thing changed.
QByteArray with(const QByteArray& path, const QByteArray& value)
{
    Json json = toJson(everythingSet());
    json[Json::json_pointer(path.toStdString())] = Json::parse(value.toStdString());
    return QByteArray::fromStdString(json.dump());
}

QString refusalOf(const QByteArray& bytes)
{
    try {
        figureSpecFrom(bytes);
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class TestFigureSpec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadAgain()
    {
        const FigureSpec spec = everythingSet();
        QVERIFY(figureSpecFrom(toJson(spec)) == spec);
        QVERIFY(figureSpecFrom(QByteArray::fromStdString(toJson(spec).dump(2))) == spec);
    }
    void aMethodThatWasRenamedIsStillFound()
    {
        QCOMPARE(figureSpecFrom(with("/subject/map", "\"relevance\"")).content.subject.map, "chefer-generic");
        Json json = toJson(everythingSet());
        json["columns"] = {{"what", "methods"}, {"names", {"relevance", "rollout"}}};
        QCOMPARE(figureSpecFrom(QByteArray::fromStdString(json.dump())).content.columns.names,
                 QStringList({"chefer-generic", "rollout"}));
    }
    void aShortDescriptionIsEnough()
    {
        const FigureSpec spec = figureSpecFrom(QByteArray("{\"figure\": 1, \"model\": \"emoji-vit\"}"));
        QCOMPARE(spec.content.model, QStringLiteral("emoji-vit"));
        QVERIFY(spec.look == FigureLook{});
        QVERIFY(spec.sheet == FigureSheet{});
    }
    void whatIsWrongIsRefusedWithASentenceThatNamesIt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, const QByteArray& bytes, const char* named) {
            QTest::newRow(name) << bytes << QString::fromLatin1(named);
        };
        row("no JSON", "no", "figure");
        row("nothing", "", "figure");
        row("a list", "[]", "figure");
        row("cut", "{\"figure\": 1, \"mod", "figure");
        row("no UTF-8", "{\"figure\": 1, \"model\": \"\xff\xfe\"}", "figure");
        row("too deep", QByteArray(200, '[') + QByteArray(200, ']'), "figure");
        row("a key twice", "{\"figure\": 1, \"figure\": 1, \"model\": \"a\"}", "figure");
        row("no version", "{\"model\": \"a\"}", "figure is missing");
        row("another version", "{\"figure\": 2, \"model\": \"a\"}", "figure is outside");
        row("no model", "{\"figure\": 1}", "model is missing");
        row("unknown key", with("/colour", "1"), "colour");
        row("unknown key in a part", with("/look/colour", "1"), "colour");
        row("unknown key in an input", with("/inputs/0/file", "1"), "file");
        row("model is a number", with("/model", "3"), "model is no text");
        row("model too long", with("/model", '"' + QByteArray(5000, 'x') + '"'), "model is too long");
        row("inputs no list", with("/inputs", "{}"), "inputs is no list");
        row("input no object", with("/inputs/0", "3"), "inputs");
        row("too many inputs", with("/inputs", '[' + QByteArray("{},").repeated(64) + "{}]"), "inputs is too long");
        row("text too long", with("/inputs/0/text", '"' + QByteArray(20'001, 'x') + '"'), "text is too long");
        row("decoder id below 0", with("/inputs/0/decoder_ids", "[-1]"), "decoder_ids");
        row("decoder id too large", with("/inputs/0/decoder_ids", "[4294967296]"), "decoder_ids");
        row("unknown axis", with("/rows/what", "\"moods\""), "what is none of");
        row("backward range", with("/rows/numbers", "\"5-2\""), "numbers");
        row("endless range", with("/rows/numbers", "\"0-9999\""), "numbers");
        row("overflowing range", with("/rows/numbers", "\"0-99999999999999\""), "numbers");
        row("negative number", with("/rows/numbers", "\"-3\""), "numbers");
        row("numbers as a list", with("/rows/numbers", "[1]"), "numbers is no text");
        row("queries without names", with("/columns/names", "[]"), "names is empty");
        row("too many names", with("/columns/names", '[' + QByteArray("\"q\",").repeated(256) + "\"q\"]"), "names");
        row("the same twice", with("/columns", "{\"what\": \"layers\"}"), "rows and columns");
        row("layer too small", with("/subject/layer", "-2"), "layer");
        row("layer too large", with("/subject/layer", "1e300"), "layer");
        row("layer half", with("/subject/layer", "1.5"), "layer is no whole number");
        row("head as text", with("/subject/head", "\"1\""), "head is no number");
        row("unknown fusion", with("/subject/fusion", "\"sum\""), "fusion");
        row("reverse as number", with("/subject/reverse", "1"), "reverse");
        row("settings no table", with("/subject/settings", "[]"), "settings");
        row("settings of a method no table", with("/subject/settings/rollout", "3"), "rollout");
        row("unknown fit", with("/run/fit", "\"wide\""), "fit");
        row("seed below 0", with("/run/mask_seed", "-1"), "mask_seed");
        row("seed huge", with("/run/mask_seed", "1e30"), "mask_seed");
        row("ratio too large", with("/run/mask_ratio", "1.5"), "mask_ratio");
        row("silenced no pair", with("/run/ablated", "[[1]]"), "ablated");
        row("silenced below 0", with("/run/ablated", "[[1,-1]]"), "ablated");
        row("unknown palette", with("/look/palette", "\"rainbow\""), "palette");
        row("opacity too large", with("/look/opacity", "1.01"), "opacity");
        row("nothing kept", with("/look/keep_mass", "-0.1"), "keep_mass");
        row("picture first as number", with("/picture_first", "1"), "picture_first");
        row("map first as number", with("/columns/map_first", "1"), "map_first");
        row("opacity null", with("/look/opacity", "null"), "opacity");
        row("unknown style", with("/look/style", "\"glow\""), "style");
        row("unknown scale", with("/look/scale", "\"page\""), "scale");
        row("width 0", with("/sheet/width", "0"), "width");
        row("width huge", with("/sheet/width", "41"), "width");
        row("font too small", with("/sheet/font_size", "2"), "font_size");
        row("gap below 0", with("/sheet/gap", "-1"), "gap");
        row("dpi too large", with("/sheet/dpi", "5000"), "dpi");
        row("caption too long", with("/sheet/caption", '"' + QByteArray(20'001, 'x') + '"'), "caption");
        row("sheet no object", with("/sheet", "[]"), "sheet");
    }
    void whatIsWrongIsRefusedWithASentenceThatNamesIt()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, named);
        const QString said = refusalOf(bytes);
        QVERIFY2(said.contains(named), qPrintable(said));
        QVERIFY(!said.contains(QLatin1Char('\n')));
    }
    // Whatever is cut off or changed, it is read or refused, and nothing else happens.
    void everyMutantIsReadOrRefused()
    {
        const QByteArray whole = QByteArray::fromStdString(toJson(everythingSet()).dump());
        const QByteArray changes("\0\"{}[],:9-e\xff", 12);
        int refused = 0;
        for (qsizetype at = 0; at < whole.size(); ++at) {
            refused += refusalOf(whole.left(at)).isEmpty() ? 0 : 1;
            QByteArray changed = whole;
            changed[at] = changes[at % changes.size()];
            refusalOf(changed);
        }
        QCOMPARE(refused, int(whole.size()));
    }
    void rangesReadAsPeopleWriteThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("numbers");
        QTest::newRow("range") << "0-3" << QList<int>{0, 1, 2, 3};
        QTest::newRow("both") << " 0-2, 7 ,9" << QList<int>{0, 1, 2, 7, 9};
        QTest::newRow("nothing means all") << "" << QList<int>{};
        QTest::newRow("one") << "5-5" << QList<int>{5};
    }
    void rangesReadAsPeopleWriteThem()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, numbers);
        QCOMPARE(figureNumbers(text).value(), numbers);
        QCOMPARE(figureNumbers(figureNumbersText(numbers)).value(), numbers);
    }
    void eachCellTakesItsRowAndItsColumn()
    {
        const FigureSpec spec = everythingSet();
        const FigureCell cell = figureCell(spec.content, 3, 1);
        QCOMPARE(cell.subject.layer, 5);
        QCOMPARE(cell.subject.query, QStringLiteral("3,4"));
        QCOMPARE(cell.subject.fusion, HeadFusion::Max); // neither touches it
        FigureContent heads = spec.content;
        heads.columns = {FigureAxis::Heads, {0, 1}, {}};
        QCOMPARE(figureCell(heads, 0, 1).subject.fusion, HeadFusion::Single);
        QCOMPARE(figureCell(heads, 0, 1).subject.head, 1);
    }
    void thePictureAndTheMapItselfStandBeforeTheColumns()
    {
        FigureSpec spec = everythingSet();
        FigureContent& content = spec.content;
        content.columns = {FigureAxis::Heads, {0, 1}, {}, true};
        content.pictureFirst = true;
        spec.look.keepMass = 0.6;
        QVERIFY(figureSpecFrom(toJson(spec)) == spec);
        QCOMPARE(figureLeads(content), 2);
        QVERIFY(figureCell(content, 1, 0).isPicture);
        const FigureCell map = figureCell(content, 1, 1), head = figureCell(content, 1, 3);
        QCOMPARE(map.subject.map, QStringLiteral("rollout")); // as it is in every panel
        QCOMPARE(map.subject.fusion, HeadFusion::Max);
        QCOMPARE(map.subject.layer, 1);
        QCOMPARE(head.subject.map, QStringLiteral("row")); // which a method has no heads of
        QCOMPARE(head.subject.head, 1);
        content.columns = {FigureAxis::Pictures, {}, {}};
        QCOMPARE(figureLeads(content), 0); // each column has its own
    }
    void filesAreCalledFromWhereTheDescriptionLies()
    {
        QTemporaryDir folder;
        QFile picture(folder.filePath("cat.png"));
        QVERIFY(picture.open(QIODevice::WriteOnly));
        FigureSpec spec;
        spec.content.model = QStringLiteral("emoji-vit");
        spec.content.inputs << FigureInput{folder.filePath("cat.png"), {}, {}, {}, {}, {}};
        const FigureSpec there = relativeTo(folder.path(), spec);
        QCOMPARE(there.content.inputs.first().picture, QStringLiteral("cat.png"));
        QCOMPARE(there.content.model, QStringLiteral("emoji-vit")); // a name, no file
        QVERIFY(absoluteFrom(folder.path(), there) == spec);
    }
};

QTEST_APPLESS_MAIN(TestFigureSpec)
#include "tst_figure_spec.moc"
