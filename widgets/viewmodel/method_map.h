// SPDX-License-Identifier: GPL-3.0-or-later
// The map of the chosen method (core/attribution), where that is not a row of attention: which methods the open model
// allows, their settings, the score that is explained, and the newest answer.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/viewmodel/token_layout.h"

#include <QObject>

#include <map>
#include <string>

namespace headlens {

class HeadChoice;
class InspectionModel;
class Selection;
class TokenChoice;

class MethodMap : public QObject {
    Q_OBJECT
public:
    MethodMap(InspectionModel* model, Selection* selection);

    // Asks where there is something to ask for. What depends on neither layer, head nor token is asked for once a run:
    // it may cost a pass with gradients.
    void request();
    void forgetRun();   // the input was replaced: tokens and answers were those of another
    void forgetModel(); // so were scores
    void followTop();   // another picture: what is explained is what the model now believes in most

    const verbs::TokenMap& shown() const { return m_shown; } // of an older choice until the answer comes
    const TokenLayout& layout() const;                       // on whose patches it lies
    // Of the open model; null for a row and for ids that are none.
    const verbs::MethodInfo* method(const QString& id) const;
    const verbs::MethodInfo* method() const; // the chosen one
    // What a score rests on is shown from now on, by the chosen method where it explains scores.
    void explain(const verbs::ScoreChoice& score);
    // The same for one of the labels (CLIP, SigLIP), whose words are shown from now on.
    void selectLabel(const QString& label);
    // The same without another map on the canvas; what is explained there follows.
    void setScore(const verbs::ScoreChoice& score);
    bool explains() const { return explaining() != nullptr; } // the model has a score whose reasons can be shown
    const verbs::ScoreChoice& score() const { return m_score; }
    // Settings of methods that are not as usual; kept for other inputs and models.
    void set(const QString& method, const QString& name, const QString& value);
    QString setting(const QString& method, const QString& name) const; // as set or as usual
    std::map<std::string, std::string> settings(const QString& method) const;

Q_SIGNALS:
    void changed();
    void settingsChanged();
    void scoreChanged(); // what is explained, or forgotten

private:
    const verbs::MethodInfo* explaining() const;
    void replaceScore(const verbs::ScoreChoice& score);
    void showExplanation();
    void requestOfToken();

    InspectionModel* m_model;
    Selection* m_selection;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    verbs::TokenMap m_shown;
    verbs::ScoreChoice m_score;
    std::map<QString, std::map<std::string, std::string>> m_settings; // by method, not as usual
    bool m_isCurrent = false; // m_shown answers m_score and the settings for this input
};

} // namespace headlens
