// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet of methods: what every method says of one answer (or of two) for the run that is shown, and how faithful
// each is to the model. Computed one after another behind everything else that is asked, the cheapest first, and only
// while somebody looks. Window's thread.
#pragma once

#include "core/wire/json_fwd.h"
#include "widgets/viewmodel/sheet_tile.h"

#include <QList>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <functional>

namespace headlens {

class InspectionModel;
struct Message;

class MethodSheet : public QObject {
    Q_OBJECT
public:
    static constexpr double kDear = 5;                // seconds: longer maps wait for a click
    static constexpr double kDearToJudge = 15;        // seconds: longer measurements do
    static constexpr int kSeeds = 3;                  // random maps that are averaged
    static constexpr const char* kControl = "random"; // the method that makes them

    explicit MethodSheet(InspectionModel* model);

    void watch(QObject* who, bool looks); // without anyone nothing is computed; what was under way stops at once

    bool isComputing() const { return m_question != 0; }
    bool isPaused() const { return m_isPaused; }
    void setPaused(bool paused); // nothing is computed but a check

    bool isOffered() const;                                         // the run has patches of a picture
    const std::vector<SheetTile>& tiles() const { return m_tiles; } // method by method in the person's order
    const SheetTile* tile(const QString& method, int side = 0) const;
    const SheetControl& control() const { return m_control; }
    std::vector<const verbs::MethodInfo*> refused() const; // what the model does not allow
    void move(int from, int to);                           // of the methods; the others close up

    // By hand: whatever it costs, or no more.
    void compute(const QString& method);
    void stop(const QString& method);
    double secondsToJudge() const; // all that was not measured because it takes long; 0: nothing is left
    void judgeAll();

    bool showsTwo() const; // where the model has classes
    void setShowsTwo(bool two);
    verbs::ScoreChoice score(int side) const;
    void setSecond(int target); // the second class

    const SheetCheck& check() const { return m_check; }
    void startCheck(const QString& method);
    void stopCheck();

Q_SIGNALS:
    void changed();

private:
    using Take = std::function<void(const Message&)>;
    void forget(); // another run
    std::vector<SheetTile> wantedTiles();
    void settle(); // tiles of what is wanted; those that still fit stay
    verbs::MapQuestion question(const verbs::MethodInfo& method, int side) const;
    verbs::MapQuestion controlQuestion(int seed) const;
    verbs::MapQuestion checkQuestion(const QString& method) const;
    QStringList methods() const; // in the person's order
    void proceed();
    bool askNextCost();
    bool askNextMap();
    bool askNextJudgement();
    bool askNextControl();
    bool askNextCheck();
    void takeCost(const QString& method, const Message& answer);
    void takeMap(SheetTile& tile, const Message& answer);
    void takeJudgement(SheetTile& tile, const Message& answer, double seconds);
    void takeControl(const Message& answer);
    void takeCheck(const Message& answer);
    SheetTile* cheapest(const std::function<bool(const SheetTile&)>& among);
    SheetTile* tileOf(quint64 serial);
    bool judgesByItself() const { return m_judgesAll || m_judging <= kDearToJudge; }
    void ask(const char* verb, const Json& what, Take take);
    void stopAsking();

    InspectionModel* m_model;
    std::vector<SheetTile> m_tiles;
    QStringList m_order; // as moved by hand
    QSet<QObject*> m_watching;
    SheetControl m_control;
    verbs::MapQuestion m_controlOf;
    SheetCheck m_check;
    quint64 m_serial = 0;
    quint64 m_question = 0, m_ticket = 0; // the question under way (0: none); answers to older tickets are dropped
    double m_judging = 0;                 // seconds that the last measurement took beside its map; 0: none yet
    int m_second = -1;
    bool m_showsTwo = false, m_judgesAll = false, m_isPaused = false;
};

} // namespace headlens
