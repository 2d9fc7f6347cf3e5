// SPDX-License-Identifier: GPL-3.0-or-later
// The studies of the open model (core/wire/verbs_study.h): which there are, the chosen one with its settings, its cost,
// its way and its newest answer. What is quick runs by itself while somebody looks. Window's thread.
#pragma once

#include "core/wire/verbs_study.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QObject>

#include <optional>

namespace headlens {

class Studies : public QObject {
    Q_OBJECT
public:
    Studies(InspectionModel* model, Selection* selection, QObject* parent = nullptr);

    void watch(bool looks); // without anybody nothing is asked
    const std::vector<verbs::StudyInfo>& all() const { return m_all; }
    const verbs::StudyInfo* chosen() const; // null: there are none
    void choose(const QString& id);
    // Why it cannot run for this model and this run; empty: it can.
    QString refusalOf(const verbs::StudyInfo& study) const;
    QString setting(const QString& name) const; // of the chosen one, as set or as usual
    void set(const QString& name, const QString& value);
    const std::optional<verbs::MapCost>& cost() const { return m_cost; }

    void run();
    void cancel();
    bool isRunning() const { return m_question != 0; }
    double share() const { return m_total > 0 ? double(m_done) / m_total : 0; } // of what is under way
    const QString& why() const { return m_why; }                                // it failed; empty: it did not

    const verbs::Study& answer() const { return m_answer; }                   // no matrices: there is none
    const verbs::InputInfo& answeredInput() const { return m_answeredInput; } // what it is of
    bool isStale() const; // of another input, baseline, token, score or setting

Q_SIGNALS:
    void listed();  // other studies, or other reasons
    void changed(); // choice, settings, cost, way
    void answered();

private:
    void forgetModel();
    void onInput();
    void askList();
    void askCost();
    void askAnew(); // the question may be another one
    void settle();  // asks what is missing, now that it can
    bool isQuick() const;
    verbs::StudyQuestion question() const;
    void take(const Message& message, const verbs::StudyQuestion& asked, unsigned baseline);

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    std::vector<verbs::StudyInfo> m_all;
    std::string m_chosen;
    std::map<std::string, std::map<std::string, std::string>> m_settings; // by study, not as usual
    std::optional<verbs::MapCost> m_cost;                                 // of the chosen one
    verbs::Study m_answer;
    verbs::InputInfo m_answeredInput;
    QString m_why;
    quint64 m_question = 0;                                      // under way; 0: none
    int m_done = 0, m_total = 0;                                 // of it
    unsigned m_run = 0, m_answeredRun = 0;                       // counts runs
    unsigned m_baseline = 0, m_answeredBaseline = 0;             // counts what was held and released
    bool m_looks = false, m_isListed = false, m_isTried = false; // tried: for this question already
};

} // namespace headlens
