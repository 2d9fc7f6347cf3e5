// SPDX-License-Identifier: GPL-3.0-or-later
// The weights in whatever a training script saved, and which copy of them is meant.
#include "core/checkpoint/state_dicts.h"

#include <QTest>

using namespace headlens;
using namespace headlens::pickle;

class TestStateDicts : public QObject {
    Q_OBJECT

    // Builds documents from the inside out.
    struct Maker {
        Document document;
        Ref add(Value value)
        {
            document.values.push_back(std::move(value));
            return Ref(document.values.size() - 1);
        }
        Ref state(int tensors)
        {
            Dict dict;
            for (int i = 0; i < tensors; ++i) dict.items.emplace_back(add("tensor" + std::to_string(i)), add(Tensor{}));
            return add(dict);
        }
        Ref dict(std::initializer_list<std::pair<const char*, Ref>> items)
        {
            Dict made;
            for (const auto& [key, value] : items) made.items.emplace_back(add(std::string(key)), value);
            return add(made);
        }
    };
    static QStringList pathsIn(const Document& document)
    {
        QStringList paths;
        for (const StateDict& dict : stateDictsOf(document))
            paths << QString::fromStdString(dict.path) + ":" + QString::number(dict.tensors.size());
        return paths;
    }

private Q_SLOTS:
    void theFileItselfMayBeOne()
    {
        Maker make;
        make.document.root = make.state(3);
        QCOMPARE(pathsIn(make.document), QStringList{":3"});
    }
    void dictionariesAreFoundUnderAnyKeyAndInLists()
    {
        Maker make;
        const Ref list = make.add(List{{make.add(std::int64_t(3)), make.dict({{"network", make.state(4)}})}});
        make.document.root =
            make.dict({{"params", make.state(2)}, {"all", list}, {"epoch", make.add(std::int64_t(7))}});
        QCOMPARE(pathsIn(make.document), (QStringList{"params:2", "all.1.network:4"}));
    }
    void aTensorBesideThemHidesNothing()
    {
        Maker make;
        make.document.root = make.dict({{"best_acc1", make.add(Tensor{})}, {"state_dict", make.state(5)}});
        QCOMPARE(pathsIn(make.document), (QStringList{"state_dict:5", ":1"}));
    }
    void theManySmallOnesOfAnOptimizerDoNotCrowdThemOut()
    {
        Maker make;
        Dict root;
        root.items.emplace_back(make.add(std::string("model")), make.state(20));
        for (int i = 0; i < 500; ++i) root.items.emplace_back(make.add("moment" + std::to_string(i)), make.state(2));
        make.document.root = make.add(root);
        const QStringList paths = pathsIn(make.document);
        QVERIFY(paths.contains("model:20"));
        QVERIFY(paths.size() < 100);
    }
    void nestingWithoutEndIsLeft()
    {
        Maker make;
        Ref inner = make.state(1);
        for (int i = 0; i < 1000; ++i) inner = make.dict({{"deeper", inner}});
        make.document.root = inner;
        QVERIFY(pathsIn(make.document).isEmpty());
    }
    void averagesAreKnownByTheirNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("average");
        for (const char* name : {"model_ema", "state_dict_ema", "ema", "teacher.backbone.", "target_encoder",
                                 "swa_model", "module.momentum_encoder."})
            QTest::newRow(name) << name << true;
        for (const char* name : {"model", "state_dict", "", "student.backbone.", "remapped", "schema", "emas"})
            QTest::newRow(qPrintable(QString("not ") + name)) << name << false;
    }
    void averagesAreKnownByTheirNames()
    {
        QFETCH(QString, name);
        QFETCH(bool, average);
        QCOMPARE(isAverage(name.toStdString()), average);
    }
    void theWishDecidesAmongCopies()
    {
        QVERIFY(preferenceFor("model_ema", "") < preferenceFor("model", ""));
        QVERIFY(preferenceFor("model_ema", "averaged") < preferenceFor("model", "averaged"));
        QVERIFY(preferenceFor("model", "raw") < preferenceFor("model_ema", "raw"));
        QVERIFY(preferenceFor("", "") < preferenceFor("student.", ""));
        QVERIFY(preferenceFor("module.encoder_k.", "") < preferenceFor("module.encoder_q.", ""));
        QVERIFY(preferenceFor("model", "") < preferenceFor("state.exp_avg", "")); // of the optimizer
        QVERIFY(preferenceFor("student.", "student") < preferenceFor("teacher.", "student"));
    }
};

QTEST_GUILESS_MAIN(TestStateDicts)
#include "tst_state_dicts.moc"
