// SPDX-License-Identifier: GPL-3.0-or-later
// Answers travel whole: every kind of tensor that they hold comes back as it was.
#include "core/wire/packing.h"
#include "core/wire/verbs.h"
#include "tests/support/expect_error.h"

#include <QTest>

using namespace headlens;
using namespace headlens::test;

namespace {

// As it arrives: packed, written, cut from the stream and unpacked.
template <class Answer>
Answer sent(const Answer& answer)
{
    const std::string blob = encode(verbs::pack(answer));
    FrameReader reader;
    reader.feed(std::as_bytes(std::span(blob.data(), blob.size())));
    return verbs::unpack<Answer>(reader.next().value());
}

} // namespace

class TestPacking : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsOfAllLayersKeepTheirPlaces()
    {
        const verbs::RowsOfLayers found =
            sent(verbs::RowsOfLayers{{7, true, 1, false}, {{{1, 3}, {1, 2, 3}}, {{0, 0}, {}}, {{2, 1}, {4, 5}}}});
        QCOMPARE(found.of.token, 7);
        QVERIFY(found.of.reverse);
        QCOMPARE(found.layers.size(), std::size_t(3));
        QCOMPARE(found.layers[0].values, (std::vector<float>{1, 2, 3}));
        QCOMPARE(found.layers[1].rows(), 0); // of another sequence: no numbers, but a place
        QCOMPARE(found.layers[2].shape, (std::vector<std::int64_t>{2, 1}));
        QCOMPARE(found.layers[2].part(1)[0], 5.0F);
    }
    void vectorsTablesAndBytesTravelSideBySide()
    {
        verbs::RowFormula row;
        row.query = 3;
        row.sum = 0.5;
        row.queryVector = {1, 2};
        row.keys = {{3, 2}, {1, 2, 3, 4, 5, 6}};
        row.weight = {0.25F, 0.75F, 0};
        row.forbidden = {0, 0, 1};
        const verbs::RowFormula found = sent(row);
        QCOMPARE(found.query, 3);
        QCOMPARE(found.sum, 0.5);
        QCOMPARE(found.queryVector, row.queryVector);
        QCOMPARE(found.keys.values, row.keys.values);
        QCOMPARE(found.keys.shape, row.keys.shape);
        QCOMPARE(found.weight, row.weight);
        QCOMPARE(found.forbidden, row.forbidden);
        QVERIFY(found.values.shape.empty() && found.mask.empty()); // were not there
    }
    void everyKindOfOutputComesBackAsItself()
    {
        verbs::InputAnswer answer;
        answer.info.outputs.set(verbs::Classes{{{3, "dog", 0.75}}, true});
        answer.info.outputs.set(verbs::TokenClasses{{{1, {{"PER", 4, 2.0, 0.5}}}}});
        answer.info.outputs.set(verbs::Spans{{{2, 5, "red cat", 0.25}}});
        answer.info.outputs.set(verbs::VocabularyScores{{{7, {{"ten", 10, 1.0, 0.9}}}}});
        answer.info.outputs.set(verbs::Similarity{{{"a dog", 0, 3.0, 0.6}, {"a cat", 1, 2.0, 0.4}}});
        answer.info.outputs.set(verbs::Picture{24, 16});
        const verbs::Outputs found = sent(answer).info.outputs;
        QCOMPARE(found.all().size(), std::variant_size_v<verbs::Output>);
        QVERIFY(found.get<verbs::Classes>().areNumbers);
        QCOMPARE(found.get<verbs::Classes>().best.at(0).label, std::string("dog"));
        QCOMPARE(found.get<verbs::TokenClasses>().tokens.at(0).best.at(0).id, 4);
        QCOMPARE(found.get<verbs::Spans>().best.at(0).end, 5);
        QCOMPARE(found.get<verbs::VocabularyScores>().places.at(0).token, 7);
        QCOMPARE(found.get<verbs::Similarity>().texts.at(1).text, std::string("a cat"));
        QCOMPARE(found.get<verbs::Picture>().width, 24);
    }
    void anOutputThatIsSetTwiceIsThereOnce()
    {
        verbs::Outputs outputs;
        outputs.set(verbs::Spans{{{1, 2, "old", 0.1}}});
        outputs.set(verbs::Spans{{{3, 4, "new", 0.2}}});
        QCOMPARE(outputs.all().size(), std::size_t(1));
        QCOMPARE(outputs.get<verbs::Spans>().best.at(0).text, std::string("new"));
        QVERIFY(outputs.get<verbs::Classes>().best.empty()); // never set
    }
    void outputsOfAKindThatIsNotKnownAreLeftOut()
    {
        Message message = verbs::pack(verbs::InputAnswer{});
        message.body["outputs"] = Json::array({{{"kind", "smells"}}, {{"kind", "picture"}, {"width", 3}}});
        const verbs::Outputs found = verbs::unpack<verbs::InputAnswer>(message).info.outputs;
        QCOMPARE(found.all().size(), std::size_t(1));
        QCOMPARE(found.get<verbs::Picture>().width, 3);
        message.body["outputs"] = Json::array({{{"width", 3}}});
        QCOMPARE(errorOf([&] { verbs::unpack<verbs::InputAnswer>(message); }), ErrorCode::BadRequest);
    }
    void picturesComeBackPixelByPixel()
    {
        verbs::PcaResult answer;
        answer.layer = 4;
        answer.picture = Image8(2, 1);
        answer.picture.pixels = {1, 2, 3, 4, 5, 6};
        const verbs::PcaResult found = sent(answer);
        QCOMPARE(found.layer, 4);
        QCOMPARE(found.picture.width, 2);
        QCOMPARE(found.picture.height, 1);
        QCOMPARE(found.picture.pixels, answer.picture.pixels);
    }
    void whatIsEmptyIsNotSent()
    {
        QVERIFY(verbs::pack(verbs::Positions()).tensors.empty());
        QVERIFY(verbs::pack(verbs::InputAnswer()).tensors.empty());
        QVERIFY(verbs::pack(verbs::Nothing()).body.is_object());
        QVERIFY(sent(verbs::Cosines()).table.shape.empty());
    }
    void anotherNumberFormatIsRefusedByItsName()
    {
        Message message = verbs::pack(verbs::ExportedFile{{1, 2, 3}}); // bytes named "file"
        message.tensors[0].name = "cosine";
        QCOMPARE(errorOf([&] { verbs::unpack<verbs::Cosines>(message); }), ErrorCode::BadRequest);
        message.tensors[0].name = "picture"; // bytes, but no picture
        QCOMPARE(errorOf([&] { verbs::unpack<verbs::SmallPicture>(message); }), ErrorCode::BadRequest);
    }
    void anExportCarriesWhatItExplains()
    {
        verbs::Export asked;
        asked.score.target = 281;
        QCOMPARE(sent(asked).score.target, 281);
    }
};

QTEST_APPLESS_MAIN(TestPacking)
#include "tst_packing.moc"
