// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of heads against plain sums over the whole maps of the models that come along: patches, windows, hidden
// patches, texts, two towers, blocks that tokens pass by.
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/training/tasks/image_classifier.h"
#include "core/training/trainer/model_files.h"
#include "core/training/trainer/training_state.h"
#include "core/wire/block_grid.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace headlens;
using namespace headlens::test;

namespace {

using Means = std::array<double, 4>; // entropy, distance, first token, itself
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// One head of one layer, summed weight by weight.
class PlainCount {
public:
    PlainCount(const Run& run, int layer, int head)
        : m_run(run), m_layer(layer), m_head(head), m_grid(run.info.blocks[std::size_t(layer)])
    {
        const verbs::Stream& keys = run.info.streams[std::size_t(m_grid.keyStream)];
        m_picture = m_grid.gridWidth > 0;
        m_prefix = isWindowed(m_grid) ? 0 : int(keys.tokens.size()) + keys.prefix;
        m_same = (m_grid.kind == "self" || m_grid.kind == "memory") && m_grid.queries == m_grid.keys;
    }
    Means means()
    {
        const int windows = isWindowed(m_grid) ? windowsOf(m_grid).windows() : 1;
        for (int window = 0; window < windows; ++window) add(window);
        const bool some = m_count > 0, share = m_grid.rule != "delta";
        const bool line = !m_picture && m_same && !m_grid.hidesPatches;
        const bool far = share && (line || (m_picture && m_grid.kind == "self"));
        return {some && share ? m_entropy / m_count : kNone, far && m_patches > 0 ? m_distance / m_patches : kNone,
                some && hasFirst() ? m_first / m_count : kNone, some && m_same ? m_itself / m_count : kNone};
    }

private:
    bool hasFirst() const { return m_grid.kind != "low rank" && !isWindowed(m_grid) && (!m_picture || m_prefix > 0); }
    // Which token of the stream stands at a place of the map.
    int tokenAt(int place) const { return m_grid.taking.empty() ? place : m_grid.taking[std::size_t(place)]; }
    // The map of one window. A masked autoencoder keeps its patches in an order of its own: asked for token by token,
    // hidden ones give nothing.
    FloatArray mapOf(int window) const
    {
        if (!m_grid.hidesPatches || !m_grid.taking.empty())
            return questions::wholeMap(m_run, m_layer, m_head, "single", window);
        const int tokens = m_prefix + m_grid.gridHeight * m_grid.gridWidth;
        FloatArray map({tokens, tokens}, {});
        for (int token = 0; token < tokens; ++token) {
            const auto rows = questions::rows(m_run, {token, false, m_grid.queryStream}).layers;
            const auto row = rows[std::size_t(m_layer)].part(m_head);
            map.values.insert(map.values.end(), row.begin(), row.end());
        }
        return map;
    }
    // Column and row; false for special tokens and padding. A text is one line.
    bool place(int window, int inner, Cell& cell) const
    {
        if (isWindowed(m_grid)) {
            cell = windowsOf(m_grid).cellOf({window, inner});
            return windowsOf(m_grid).isReal(cell);
        }
        const int patch = tokenAt(inner) - (m_picture ? m_prefix : 0);
        if (patch < 0) return false;
        cell = m_picture ? Cell{patch / m_grid.gridWidth, patch % m_grid.gridWidth} : Cell{0, patch};
        return true;
    }
    void add(int window)
    {
        const FloatArray map = mapOf(window);
        for (int query = 0; query < map.rows(); ++query) {
            Cell from;
            const bool isPatch = m_same && place(window, query, from);
            double sum = 0;
            for (const float weight : map.part(query)) sum += std::abs(double(weight));
            if (sum == 0 || (isWindowed(m_grid) && !isPatch)) continue; // looks at nothing, or is padding
            ++m_count;
            addRow(map.part(query), window, query, isPatch ? &from : nullptr);
        }
    }
    void addRow(std::span<const float> row, int window, int query, const Cell* from)
    {
        double mass = 0, far = 0;
        for (int key = 0; key < int(row.size()); ++key) {
            const auto weight = double(row[std::size_t(key)]);
            if (weight > 0) m_entropy -= weight * std::log(weight);
            Cell to;
            if (from == nullptr || !place(window, key, to)) continue;
            mass += weight;
            far += weight * std::hypot(from->x - to.x, from->y - to.y);
        }
        if (hasFirst()) m_first += double(row[0]); // the class token is never hidden
        if (m_same) m_itself += double(row[std::size_t(query)]);
        if (from == nullptr) return;
        m_distance += far / std::max(mass, 1e-12);
        ++m_patches;
    }

    const Run& m_run;
    int m_layer, m_head;
    const verbs::BlockGrid& m_grid;
    int m_prefix = 0;
    bool m_picture = false, m_same = false;
    double m_entropy = 0, m_distance = 0, m_first = 0, m_itself = 0;
    int m_count = 0, m_patches = 0;
};

bool alike(double a, double b)
{
    return std::isnan(a) == std::isnan(b) && (std::isnan(a) || std::abs(a - b) < 2e-4 * (1 + std::abs(b)));
}

} // namespace

class TestHeadStatistics : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;

    void open(const std::string& model)
    {
        const verbs::ModelInfo info =
            m_session.openModel({std::string(HEADLENS_SOURCE "/resources/models/") + model, "cpu", {}});
        const std::string png = gradientPng(90, 70);
        verbs::SetInput request = picture("picture.png");
        request.text = info.text.example;
        request.chat = !info.text.chat.empty();
        m_session.setInput(request, info.takesPictures ? std::as_bytes(std::span(png.data(), png.size()))
                                                       : std::span<const std::byte>());
    }
    // Maps of 12 and 6 tokens a side in windows of 4: the second is padded to 8.
    void openPaddedWindows()
    {
        const std::string folder = m_folder.path().toStdString();
        TrainingState state(makeClassifier({{2, 2}, {2, 4}, 16, 4, 4}, 48, 5), 11);
        state.saveModel(folder, {{"id2label", {{"0", "a"}, {"1", "b"}, {"2", "c"}, {"3", "d"}, {"4", "e"}}}});
        writePreprocessor(folder, 48);
        m_session.openModel({folder, "cpu", {}});
        const std::string png = gradientPng(70, 50);
        m_session.setInput(picture("picture.png"), std::as_bytes(std::span(png.data(), png.size())));
    }
    void compareAll()
    {
        for (int layer = 0; layer < int(m_session.run().info.blocks.size()); ++layer) {
            const FloatArray found = questions::headStatistics(m_session.run(), {layer}).means;
            QCOMPARE(found.rows(), m_session.run().info.blocks[std::size_t(layer)].heads);
            QCOMPARE(found.columns(), 4);
            for (int head = 0; head < found.rows(); ++head) {
                const Means truth = PlainCount(m_session.run(), layer, head).means();
                for (std::size_t i = 0; i < truth.size(); ++i)
                    QVERIFY2(alike(double(found.part(head)[i]), truth[i]),
                             qPrintable(QStringLiteral("layer %1, head %2, statistic %3: %4, by hand %5")
                                            .arg(layer)
                                            .arg(head)
                                            .arg(i)
                                            .arg(double(found.part(head)[i]))
                                            .arg(truth[i])));
            }
        }
    }

private Q_SLOTS:
    void theyAreTheMeansOfTheWholeMaps_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* model : {"emoji-vit", "emoji-swin", "things-mae", "emoji-clip", "glyph-coarse", "glyph-linear",
                                  "glyph-low-rank", "glyph-depths", "story-gpt", "number-words", "sum-depths",
                                  "rebinding", "bindings", "flamingo", "table-palm-e", "emoji-llava", "lives"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void theyAreTheMeansOfTheWholeMaps()
    {
        QFETCH(QString, model);
        open(model.toStdString());
        compareAll();
    }
    void paddingOfWindowsDoesNotCount()
    {
        openPaddedWindows();
        QVERIFY(windowsOf(m_session.run().info.blocks[2]).paddedHeight() > m_session.run().info.blocks[2].gridHeight);
        compareAll();
    }
    void whatHasNoNumberIsNan()
    {
        open("number-words"); // encoder and decoder
        int crossing = 0;
        for (int layer = 0; layer < int(m_session.run().info.blocks.size()); ++layer) {
            const FloatArray found = questions::headStatistics(m_session.run(), {layer}).means;
            const bool cross = m_session.run().info.blocks[std::size_t(layer)].kind == "cross";
            QCOMPARE(std::isnan(found.part(0)[1]), cross); // between two sequences there are no distances
            QCOMPARE(std::isnan(found.part(0)[3]), cross);
            QVERIFY(!std::isnan(found.part(0)[2]));
            crossing += int(cross);
        }
        QVERIFY(crossing > 0);
    }
    void layersThatDoNotExistAreRefused()
    {
        open("story-gpt");
        QCOMPARE(errorOf([&] { questions::headStatistics(m_session.run(), {99}); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { questions::headStatistics(m_session.run(), {-1}); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestHeadStatistics)
#include "tst_head_statistics.moc"
