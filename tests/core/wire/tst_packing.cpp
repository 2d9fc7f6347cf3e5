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
