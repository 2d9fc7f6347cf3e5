// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays of NumPy (.npy in .npz): damaged ones are refused, those of other types are left out.
#include "core/checkpoint/container.h"
#include "core/checkpoint/npy_header.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"
#include "tests/support/zip_writer.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestNumpyArrays : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string path(const std::string& name) const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }

private Q_SLOTS:
    void damagedArraysAreRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        const auto row = [](const char* title, const std::string& bytes) {
            QTest::newRow(title) << QByteArray::fromStdString(bytes);
        };
        row("too short", npy("<f4", "(2, 2)", std::string(12, '\0')));
        row("too long", npy("<f4", "(2, 2)", std::string(20, '\0')));
        row("negative", npy("<f4", "(-1, 2)", ""));
        row("overflow", npy("<f4", "(4611686018427387904, 4611686018427387904)", ""));
        row("nine axes", npy("<f4", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", std::string(4, '\0')));
        row("no shape", npy("<f4", "", std::string(4, '\0')));
        row("no array", "hello");
        row("header beyond the end", std::string("\x93NUMPY\x01\0\xFF\xFF{}", 12));
    }
    void damagedArraysAreRefused()
    {
        QFETCH(QByteArray, file);
        writeZip(path("bad.npz"), {{"a.npy", file.toStdString()}});
        QCOMPARE(errorOf([&] { openContainer(path("bad.npz")); }), ErrorCode::BadHeader);
    }
    // A random generator's state beside the weights is left out; alone it is no model.
    void arraysOfOtherTypesAreLeftOut()
    {
        const std::string state = npy("<u4", "(2,)", std::string(8, '\0')),
                          object = npy("|O", "(1,)", std::string(8, '\0'));
        writeZip(path("state.npz"),
                 {{"key.npy", state}, {"x.npy", npy("<f4", "(1,)", std::string(4, '\0'))}, {"o.npy", object}});
        const auto file = openContainer(path("state.npz"));
        QCOMPARE(file->tensors().size(), 1U);
        QCOMPARE(file->tensors()[0].name, std::string("x"));
        QCOMPARE(file->read(0).bytes.size(), 4U);
        writeZip(path("none.npz"), {{"o.npy", object}});
        QCOMPARE(errorOf([&] { openContainer(path("none.npz")); }), ErrorCode::UnsupportedModel);
    }
    void everyCutOfAHeaderIsACleanError()
    {
        const std::string whole = npy("<f4", "(3, 2)", {});
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const std::string cut = whole.substr(0, length);
            QVERIFY(
                errorOf([&] { parseNpyHeader(std::as_bytes(std::span(cut.data(), cut.size())), "x"); }).has_value());
        }
        const NpyHeader header = parseNpyHeader(std::as_bytes(std::span(whole.data(), whole.size())), "x");
        QCOMPARE(header.shape, (std::vector<std::int64_t>{3, 2}));
    }
};

QTEST_APPLESS_MAIN(TestNumpyArrays)
#include "tst_numpy_arrays.moc"
